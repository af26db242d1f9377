import { opus } from 'prism-media';
import { HarkError } from '../../core/errors';
import { SAMPLE_RATE } from '../pool/protocol';

/** Of 16 bits, one channel. */
const BYTES_A_SAMPLE = 2;
/** What a packet holds as long as none said otherwise: 20 ms, as every chat sends it. */
const USUAL_BYTES = (SAMPLE_RATE / 50) * BYTES_A_SAMPLE;
/** Damaged packets that are bridged in any file, … */
const FEW = 3;
/** … of a longer one this share of all, … */
const SHARE = 0.1;
/** … and at most so many more at its beginning: a second of it. */
const AT_FIRST = 50;
const NO_PACKET = Buffer.alloc(0);

/** What is used here of the codec that prism-media finds. */
interface Codec {
  decode(packet: Buffer): Buffer;
}

/**
 * Opus packets as 16 kHz mono. A damaged one costs what it held and no more: the codec bridges the gap from what it
 * heard before. A file of which too much is damaged is refused.
 */
export class OpusDecoder {
  /** As a stream it would end with the first damaged packet, and its codec with it. */
  private readonly stream = new opus.Decoder({
    rate: SAMPLE_RATE,
    channels: 1,
    frameSize: SAMPLE_RATE / 50,
  });
  private readonly codec = this.stream.encoder as Codec;
  private lastBytes = USUAL_BYTES;
  private seen = 0;
  private damaged = 0;
  private trouble?: unknown;

  /**
   * 16-bit little-endian samples.
   *
   * @throws HarkError `media_decode_failed`
   */
  decode(packet: Buffer): Buffer {
    this.seen++;
    try {
      const pcm = this.codec.decode(packet);
      this.lastBytes = pcm.length;
      return pcm;
    } catch (error) {
      this.damaged++;
      this.trouble = error;
      this.refuseBeyond(AT_FIRST);
      // without a packet the codec makes up 180 ms that fade away
      return this.codec.decode(NO_PACKET).subarray(0, this.lastBytes);
    }
  }

  /** To be called at the end. @throws HarkError `media_decode_failed` */
  finish(): void {
    if (this.seen > 0 && this.damaged === this.seen) this.refuse();
    this.refuseBeyond(FEW);
  }

  close(): void {
    this.stream.destroy();
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
