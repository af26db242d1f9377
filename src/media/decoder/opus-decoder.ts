import { HarkError } from '../../core/errors';
import { OpusCodec } from '../opus-codec';
import { SAMPLE_RATE } from '../pool/protocol';

/** What a packet holds as long as none said otherwise: 20 ms, as every chat sends it. */
const USUAL_SAMPLES = SAMPLE_RATE / 50;
/** Damaged packets that are bridged in any file, … */
const FEW = 3;
/** … of a longer one this share of all, … */
const SHARE = 0.1;
/** … and at most so many more at its beginning: a second of it. */
const AT_FIRST = 50;

/**
 * Opus packets as 16 kHz mono. A damaged one costs what it held and no more: the codec bridges the gap from what it
 * heard before. A file of which too much is damaged is refused.
 */
export class OpusDecoder {
  private readonly codec = new OpusCodec();
  private lastSamples = USUAL_SAMPLES;
  private seen = 0;
  private damaged = 0;
  private trouble?: unknown;

  /** What it gives out holds until the next packet. @throws HarkError `media_decode_failed` */
  decode(packet: Buffer): Float32Array {
    this.seen++;
    try {
      const samples = this.codec.decode(packet);
      this.lastSamples = samples.length;
      return samples;
    } catch (error) {
      this.damaged++;
      this.trouble = error;
      this.refuseBeyond(AT_FIRST);
      // without a packet the codec makes up 180 ms that fade away
      return this.codec.bridge(this.lastSamples);
    }
  }

  /** To be called at the end. @throws HarkError `media_decode_failed` */
  finish(): void {
    if (this.seen > 0 && this.damaged === this.seen) this.refuse();
    this.refuseBeyond(FEW);
  }

  close(): void {
    this.codec.close();
  }

  private refuseBeyond(allowed: number): void {
    if (this.damaged > allowed + this.seen * SHARE) this.refuse();
  }

  private refuse(): never {
    throw new HarkError('media_decode_failed', 'The file is damaged and cannot be decoded.', {
      cause: new Error(`${this.damaged} of ${this.seen} Opus packets are damaged`, { cause: this.trouble }),
    });
  }
}
