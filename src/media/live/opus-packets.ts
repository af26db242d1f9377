import { HarkError } from '../../core/errors';
import { OpusCodec } from '../opus-codec';
import { SAMPLE_RATE } from '../pool/protocol';

/** What a damaged packet held as far as is known: 20 ms. */
const USUAL_SAMPLES = SAMPLE_RATE / 50;
/** What is bridged at most, …  */
const MOST_BRIDGED = SAMPLE_RATE / 10;
/** … and how many damaged packets in a row: two seconds of them are no Opus. */
const MOST_DAMAGED = 100;

/** Opus packets of one speaker. Those that are damaged are bridged from what was heard before. */
export class OpusPackets {
  private readonly codec = new OpusCodec();
  private usual = USUAL_SAMPLES;
  private damaged = 0;

  /** What it gives out holds until the next packet. @throws HarkError `media_decode_failed` when nothing but rubbish has come for a while */
  decode(packet: Uint8Array): Float32Array {
    try {
      const samples = this.codec.decode(packet);
      this.damaged = 0;
      this.usual = Math.min(samples.length, MOST_BRIDGED);
      return samples;
    } catch (cause) {
      if (++this.damaged > MOST_DAMAGED) {
        throw new HarkError('media_decode_failed', 'What comes are no packets of Opus.', { cause });
      }
      return this.codec.bridge(this.usual);
    }
  }

  close(): void {
    this.codec.close();
  }
}
