import load, { OpusHandler, OpusNative } from 'opusscript/build/opusscript_native_wasm.js';
import { SAMPLE_RATE } from './pool/protocol';

/** OPUS_APPLICATION_AUDIO; it means nothing for decoding. */
const APPLICATION = 2049;
/** RFC 6716, 3.2.5: 1,275 bytes a frame; three of 20 ms are the most that anybody sends at once. */
const MOST_PACKET_BYTES = 1_275 * 3;
/** What the native decoder writes at most. */
const MOST_SAMPLES = 5_760;
/** It writes each of them as two elements of 16 bits that hold a byte. */
const OUTPUT_ELEMENTS = MOST_SAMPLES * 2;
const NO_PACKET = new Uint8Array(0);

let native: OpusNative | undefined;

/**
 * libopus for one stream, as 16 kHz mono: the codec does the resampling. What it gives out holds until the next packet.
 *
 * It speaks to opusscript's codec itself: opusscript's own class writes what it has decoded to twice the address it has
 * reserved, which goes well as long as there is one decoder in a process and not where there are many at once; and it
 * copies every sample three times.
 */
export class OpusCodec {
  private readonly codec: OpusNative;
  private readonly handler: OpusHandler;
  private readonly input: number;
  private readonly output: number;
  private readonly samples = new Float32Array(MOST_SAMPLES);

  constructor() {
    this.codec = native ??= load();
    this.handler = new this.codec.OpusScriptHandler(SAMPLE_RATE, 1, APPLICATION);
    this.input = this.codec._malloc(MOST_PACKET_BYTES);
    this.output = this.codec._malloc(OUTPUT_ELEMENTS * Uint16Array.BYTES_PER_ELEMENT);
  }

  /** @throws Error when the packet is damaged */
  decode(packet: Uint8Array): Float32Array {
    if (packet.length === 0 || packet.length > MOST_PACKET_BYTES) {
      throw new Error(`No packet of Opus has ${packet.length} bytes`);
    }
    const samples = this.ask(packet);
    if (samples <= 0) throw new Error(`libopus refuses the packet: ${samples}`);
    return this.read(samples);
  }

  /** What may have been in a packet that is lost, made up from what was heard before: at most so many samples. */
  bridge(most: number): Float32Array {
    return this.read(Math.min(most, Math.max(0, this.ask(NO_PACKET))));
  }

  close(): void {
    this.codec.OpusScriptHandler.destroy_handler(this.handler);
    this.codec._free(this.input);
    this.codec._free(this.output);
  }

  private ask(packet: Uint8Array): number {
    this.codec.HEAPU8.set(packet, this.input);
    return this.handler._decode(this.input, packet.length, this.output);
  }

  private read(count: number): Float32Array {
    const at = this.output / Uint16Array.BYTES_PER_ELEMENT;
    const bytes = this.codec.HEAPU16.subarray(at, at + count * 2);
    const samples = this.samples.subarray(0, count);
    for (let i = 0; i < count; i++) {
      const value = bytes[2 * i]! | (bytes[2 * i + 1]! << 8);
      samples[i] = (value >= 0x8000 ? value - 0x1_0000 : value) / 0x8000;
    }
    return samples;
  }
}
