import { AudioPiece } from './media';

/** How the frames of a live session are encoded: 16 kHz mono as 16-bit integers, or one packet of Opus each. */
export const LIVE_ENCODINGS = ['pcm_s16le', 'opus'] as const;
export type LiveEncoding = (typeof LIVE_ENCODINGS)[number];

/** What somebody has said between two pauses, or what was heard in the place of it. */
export interface Utterance {
  /** Seconds from the beginning of the track. */
  start: number;
  seconds: number;
  /** Levelled, and with what it holds: speech is found out only here. */
  piece(): Promise<AudioPiece>;
}

/** What comes from one speaker, frame by frame. */
export interface LiveTrack {
  /** Of what has come so far. */
  readonly seconds: number;
  /**
   * The utterances that are complete by this frame. An utterance ends with a pause; one without any is cut after a while.
   *
   * @throws HarkError `media_decode_failed`
   */
  take(frame: Uint8Array): Utterance[];
  /** What is being said at the moment. Undefined where nobody speaks. */
  open(): Utterance | undefined;
  /** Nothing comes any more for now: what was being said is complete. The next frame begins at `from` at the earliest. */
  rest(from?: number): Utterance[];
  /** Gives the memory back. */
  close(): void;
}

/** Hears what comes live: decodes it and finds out who is silent. */
export abstract class LiveAudio {
  abstract open(encoding: LiveEncoding): LiveTrack;
}
