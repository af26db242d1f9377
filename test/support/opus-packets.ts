import OpusScript from 'opusscript';
import { samplesOf } from './notes';
import { RATE } from './sounds';

const SAMPLES = RATE / 50;

/** 16 kHz mono as packets of 20 ms, as a voice channel's clients send them. */
export function opusPackets(sound: Float32Array): Buffer[] {
  const encoder = new OpusScript(RATE, 1, OpusScript.Application.AUDIO);
  const packets: Buffer[] = [];
  for (let at = 0; at + SAMPLES <= sound.length; at += SAMPLES) {
    const pcm = pcmOf(sound.subarray(at, at + SAMPLES));
    packets.push(encoder.encode(pcm, SAMPLES));
  }
  encoder.delete();
  return packets;
}

/** 16-bit little-endian samples. */
export function pcmOf(sound: Float32Array): Buffer {
  const pcm = Buffer.alloc(sound.length * 2);
  sound.forEach((value, i) => pcm.writeInt16LE(Math.round(Math.max(-1, Math.min(1, value)) * 32_767), i * 2));
  return pcm;
}

/** One of the sample notes as 16 kHz mono. */
export function soundOf(file: string): Float32Array {
  return Float32Array.from(samplesOf(file), (value) => value / 32_768);
}
