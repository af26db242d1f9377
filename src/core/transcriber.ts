import { AudioPiece } from './media';
import { Segment } from './transcript';
import { TranscriptionOptions } from './voice-note';

export interface Availability {
  state: 'ready' | 'loading' | 'unavailable';
  /** One sentence, e.g. which model, or what is wrong. */
  detail: string;
  /** 0 to 1 while a model is being downloaded. */
  progress?: number;
}

/** Who listens. */
export abstract class Transcriber {
  /** As in the `TRANSCRIBERS` setting. */
  abstract readonly name: string;
  /**
   * Segments of one piece as they are heard, with times from the start of the whole audio. Aborting `signal` stops
   * the engine, too.
   * @throws HarkError `engine_…` or `model_…`
   */
  abstract transcribe(
    audio: AudioPiece,
    options: TranscriptionOptions,
    signal: AbortSignal,
  ): AsyncIterable<Segment>;
  /** Back end and model, for people to read: `whisper.cpp base-q8_0`. */
  abstract describe(options: TranscriptionOptions): string;
  abstract available(): Promise<Availability>;
}
