/** 16-bit little-endian samples as numbers from -1 to 1. */
export function fromInt16(pcm: Buffer): Float32Array {
  const integers = new Int16Array(aligned(pcm, 2));
  const samples = new Float32Array(integers.length);
  for (let i = 0; i < samples.length; i++) samples[i] = integers[i]! / 32_768;
  return samples;
}

/** 32-bit little-endian floating point samples. */
export function fromFloat32(pcm: Buffer): Float32Array {
  return new Float32Array(aligned(pcm, 4));
}

/** A copy that starts where typed arrays may start, without an unfinished sample at its end. */
function aligned(pcm: Buffer, sampleBytes: number): ArrayBuffer {
  const copy = new Uint8Array(pcm.length - (pcm.length % sampleBytes));
  copy.set(pcm.subarray(0, copy.length));
  return copy.buffer;
}

/** The mean of all channels. */
export function toMono(channels: readonly Float32Array[]): Float32Array {
  const [first, ...others] = channels;
  if (first === undefined) return new Float32Array(0);
  if (others.length === 0) return first;
  const mono = new Float32Array(first.length);
  for (const channel of channels) {
    for (let i = 0; i < mono.length; i++) mono[i] = (mono[i] ?? 0) + (channel[i] ?? 0) / channels.length;
  }
  return mono;
}

/** Samples from -1 to 1 as 16-bit integers; what is louder is clipped, what is no number is silence. */
export function toInt16(samples: Float32Array, gain: number): Int16Array {
  const out = new Int16Array(samples.length);
  for (let i = 0; i < out.length; i++) {
    const value = Math.max(-32_768, Math.min(32_767, samples[i]! * gain * 32_767));
    out[i] = Math.floor(value + 0.5);
  }
  return out;
}
