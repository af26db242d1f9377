import { HarkError } from '../../src/core/errors';
import { AudioPiece } from '../../src/core/media';
import { Segment } from '../../src/core/transcript';
import { Availability, Transcriber } from '../../src/core/transcriber';

/** A back end whose troubles are told beforehand. */
export class ScriptedTranscriber extends Transcriber {
  /** Pieces that it was given, by their number; tests with silence have none. */
  readonly given: number[] = [];
  tests = 0;
  /** Models for drafts, and how they are. */
  readonly models = new Map<string, Availability['state']>();
  /** Models that are to get ready. */
  readonly begun: string[] = [];
  /** Thrown after half of each piece, until it is taken away. */
  trouble?: Error;
  /** Settles when it is ready. */
  readiness: Promise<void> = Promise.resolve();
  private watchers: (() => void)[] = [];

  constructor(readonly name: string) {
    super();
  }

  async *transcribe(piece: AudioPiece, _: object, signal: AbortSignal): AsyncIterable<Segment> {
    const isTest = piece.samples.every((sample) => sample === 0);
    if (isTest) this.tests += 1;
    else this.given.push(piece.index);
    for (const wake of this.watchers.splice(0)) wake();
    await Promise.resolve();
    signal.throwIfAborted();
    for (const half of [1, 2]) {
      if (half === 2 && this.trouble !== undefined) throw this.trouble;
      const text = `${this.name} ${piece.index}.${half}`;
      yield { start: piece.start, end: piece.start + 1, text, confidence: 1, language: 'en' };
    }
  }

  describe(): string {
    return `the model of ${this.name}`;
  }

  override has(model: string): boolean {
    return this.models.has(model);
  }

  available(model?: string): Promise<Availability> {
    const state = model === undefined ? 'ready' : (this.models.get(model) ?? 'unavailable');
    return Promise.resolve({ state, detail: `${this.name} is there.` });
  }

  override async ready({ model }: { model?: string }, signal: AbortSignal): Promise<void> {
    if (model !== undefined) this.begun.push(model);
    const aborted = Promise.withResolvers<never>();
    signal.addEventListener('abort', () => aborted.reject(signal.reason as Error), { once: true });
    await Promise.race([this.readiness, aborted.promise]);
  }

  /** Until this holds; it is looked at whenever something was given to the back end. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.watchers.push(resolve));
  }
}

/** The piece of this number, with sound in it. */
export function piece(index: number): AudioPiece {
  const samples = new Int16Array(16_000).fill(100);
  return { index, start: index * 10, samples, content: 'speech', progress: 1 };
}

export const ABSENT = new HarkError('engine_unavailable', 'Nobody there.', { retryable: true });
export const CRASHED = new HarkError('engine_failed', 'It has crashed.', { retryable: true });
export const REFUSED = new HarkError('engine_failed', 'It does not take this.');
