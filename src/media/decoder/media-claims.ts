import { HarkError } from '../../core/errors';
import { DecodeRequest } from '../pool/protocol';

/** No voice codec in use needs fewer bytes a second (Opus at its lowest needs 750). */
const LEAST_BYTES_PER_SECOND = 250;
/** A header that is out by more than this lies; by less, the end is missing. */
const LIE_SECONDS = 600;
const LIE_FACTOR = 10;

/** What there is beyond the claim by more than this has disproved it. */
const SLACK_SECONDS = 5;
const SLACK_SHARE = 0.1;

/** What a file's header says of its length, held against what the file turns out to hold. */
export class MediaClaims {
  private claimed?: number;

  constructor(private readonly request: DecodeRequest) {}

  /** Seconds that the file is said to hold, where it says so and `decoded` seconds do not show that it is wrong. */
  believed(decoded: number): number | undefined {
    if (this.claimed === undefined) return undefined;
    return decoded > this.claimed * (1 + SLACK_SHARE) + SLACK_SECONDS ? undefined : this.claimed;
  }

  /**
   * @param seconds as the header says
   * @param atMost seconds that the bytes which are there can hold, where that is known better than by a guess
   * @throws HarkError `media_duration_mismatch` or `media_too_long`, when that is certain already
   */
  claim(seconds: number, atMost?: number): void {
    if (!Number.isFinite(seconds) || seconds <= 0) return;
    this.claimed = seconds;
    const { bytes, maxSeconds } = this.request;
    const possible = atMost ?? (bytes === undefined ? Infinity : bytes / LEAST_BYTES_PER_SECOND);
    if (isLie(seconds, possible)) throw mismatch(seconds, possible);
    if (seconds > maxSeconds && possible < Infinity) throw tooLong(maxSeconds);
  }

  /**
   * Compares the claim with what was decoded.
   *
   * @throws HarkError `media_duration_mismatch` when hours were claimed and little is there, `media_truncated` when the
   * end is missing: more than 0.3 s and 2 %, which is more than any encoder's padding
   */
  check(decoded: number): void {
    if (this.claimed === undefined) return;
    if (isLie(this.claimed, decoded)) throw mismatch(this.claimed, decoded);
    if (this.claimed - decoded > Math.max(0.3, this.claimed * 0.02)) throw truncated();
  }
}

function isLie(claimed: number, held: number): boolean {
  return claimed - held > LIE_SECONDS && claimed > held * LIE_FACTOR;
}

function mismatch(claimed: number, held: number): HarkError {
  return new HarkError(
    'media_duration_mismatch',
    'The file claims to be far longer than what it holds. It is damaged or was made up.',
    { params: { claimedSeconds: Math.round(claimed), heldSeconds: Math.round(held) } },
  );
}

export function truncated(): HarkError {
  return new HarkError('media_truncated', 'The file is cut off: its end is missing. Please send it again.');
}

export function tooLong(maxSeconds: number): HarkError {
  return new HarkError('media_too_long', `The recording is longer than ${maxSeconds} seconds.`, {
    params: { maxSeconds },
  });
}
