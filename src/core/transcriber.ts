import { HarkError } from './errors';
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

/** A segment, and who heard it where that is not always the same one: see `Transcriber.describe`. */
export interface HeardSegment extends Segment {
  madeBy?: string;
}

/** What the engine is told of a piece. */
export interface ListeningOptions extends TranscriptionOptions {
  /** The language that is likely to be spoken where `language` is `auto`. Not to be relied on. */
  expected?: string;
  /**
   * What `model` hears is shown only until the chosen one has listened: nobody else is asked, nobody waits until it is
   * ready, and nothing follows from its failing.
   */
  draft?: boolean;
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
    options: ListeningOptions,
    signal: AbortSignal,
  ): AsyncIterable<HeardSegment>;
  /** Back end and model that would be asked now, for people to read: `whisper.cpp base-q8_0`. */
  abstract describe(options: TranscriptionOptions): string;
  /** A look that costs nothing. @param model another one than the chosen one */
  abstract available(model?: string): Promise<Availability>;

  /** Whether it can be asked to listen with this model, which is not the chosen one. */
  has(_model: string): boolean {
    return false;
  }

  /**
   * Begins to get ready and waits until that is done.
   *
   * @throws HarkError `engine_…` or `model_…` when it comes to nothing, and the abort reason
   */
  ready(_options: TranscriptionOptions, _signal: AbortSignal): Promise<void> {
    return Promise.resolve();
  }

  /** Why nobody can listen at the moment, without a look; undefined while somebody may. */
  outage(): HarkError | undefined {
    return undefined;
  }

  /** Resolves when an outage is over, at once when there is none. @throws the abort reason */
  recovery(_signal: AbortSignal): Promise<void> {
    return Promise.resolve();
  }
}
