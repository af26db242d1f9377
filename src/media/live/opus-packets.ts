import load, { OpusHandler, OpusNative } from 'opusscript/build/opusscript_native_wasm.js';
import { HarkError } from '../../core/errors';
import { SAMPLE_RATE } from '../pool/protocol';

/** OPUS_APPLICATION_AUDIO; it means nothing for decoding. */
const APPLICATION = 2049;
/** RFC 6716, 3.2.5: 1,275 bytes a frame; three of 20 ms are the most that anybody sends at once. */
const MOST_PACKET_BYTES = 1_275 * 3;
/** What the native decoder writes at most: 5,760 samples, each as two elements of 16 bits that hold a byte. */
const OUTPUT_ELEMENTS = 5_760 * 2;
/** What a damaged packet held as far as is known: 20 ms. */
const USUAL_SAMPLES = SAMPLE_RATE / 50;
/** What is bridged at most, …  */
const MOST_BRIDGED = SAMPLE_RATE / 10;
/** … and how many damaged packets in a row: two seconds of them are no Opus. */
const MOST_DAMAGED = 100;

let native: OpusNative | undefined;

/**
 * Opus packets of one speaker as 16 kHz mono; the codec does the resampling. Packets that are damaged are bridged from
 * what was heard before.
 *
 * It speaks to opusscript's codec itself: opusscript's own class writes what it has decoded to twice the address it has
 * reserved, which goes well as long as there is one decoder in a process and not where there are many at once.
 */
export class OpusPackets {
  private readonly codec: OpusNative;
  private readonly handler: OpusHandler;
  private readonly input: number;
  private readonly output: number;
  private usual = USUAL_SAMPLES;
  private damaged = 0;

  constructor() {
    this.codec = native ??= load();
    this.handler = new this.codec.OpusScriptHandler(SAMPLE_RATE, 1, APPLICATION);
    this.input = this.codec._malloc(MOST_PACKET_BYTES);
    this.output = this.codec._malloc(OUTPUT_ELEMENTS * Uint16Array.BYTES_PER_ELEMENT);
  }

  /** @throws HarkError `media_decode_failed` when nothing but rubbish has come for a while */
  decode(packet: Uint8Array): Float32Array {
    const samples = packet.length === 0 || packet.length > MOST_PACKET_BYTES ? -1 : this.ask(packet);
    if (samples > 0) {
      this.damaged = 0;
      this.usual = Math.min(samples, MOST_BRIDGED);
      return this.read(samples);
    }
    if (++this.damaged > MOST_DAMAGED)
      throw new HarkError('media_decode_failed', 'What comes are no packets of Opus.');
    return this.read(Math.min(this.usual, Math.max(0, this.ask(new Uint8Array(0)))));
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

  private read(samples: number): Float32Array {
    const at = this.output / Uint16Array.BYTES_PER_ELEMENT;
    const bytes = this.codec.HEAPU16.subarray(at, at + samples * 2);
    return Float32Array.from({ length: samples }, (_, i) => {
      const value = bytes[2 * i]! | (bytes[2 * i + 1]! << 8);
      return (value >= 0x8000 ? value - 0x1_0000 : value) / 0x8000;
    });
  }
}
