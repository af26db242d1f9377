import { HarkError } from './errors';
import { LiveTrack, Utterance } from './live-audio';
import { LiveEngineService } from './live-engine.service';
import { LiveGlances } from './live-glances';
import { LiveLanguage } from './live-language';
import { FinalWords, LiveListener } from './live-session';
import { HeardSegment } from './transcriber';
import { textOf } from './transcript';
import { TranscriptionOptions } from './voice-note';

/** What comes after so long without a frame is another utterance. */
const QUIET_MS = 900;

/**
 * One speaker of a live session: frames in, words out, one utterance after the other. What waits to be read is bounded by
 * whoever sends the frames: they look at `waiting`.
 */
export class LiveSpeaker {
  /** Seconds of what was given to the engine as finished utterances. */
  spoken = 0;
  private readonly stop = new AbortController();
  private readonly language: LiveLanguage;
  private readonly glances = new LiveGlances();
  private readonly pending = new Set<Utterance>();
  private reading: Promise<void> = Promise.resolve();
  private quiet?: NodeJS.Timeout;
  private frames = 0;
  private index = 0;
  /** Partial words of the utterance were told. */
  private told = false;
  private glance?: Promise<void>;

  constructor(
    private readonly track: LiveTrack,
    options: TranscriptionOptions,
    private readonly engine: LiveEngineService,
    private readonly listener: LiveListener,
  ) {
    this.language = new LiveLanguage(options);
  }

  /** Of sound that has come. */
  get seconds(): number {
    return this.track.seconds;
  }

  /** Of it, what waits to be read or is being read. */
  get waiting(): number {
    return [...this.pending].reduce((sum, { seconds }) => sum + seconds, 0);
  }

  /** @throws HarkError `media_decode_failed` */
  hear(frame: Uint8Array): void {
    if (this.stop.signal.aborted) return;
    this.frames += 1;
    this.quiet ??= setTimeout(() => this.fallQuiet(), QUIET_MS).unref();
    this.quiet.refresh();
    this.read(this.track.take(frame));
    this.look();
  }

  /** What has arrived while the process was busy comes first: it was no pause. */
  private fallQuiet(): void {
    const before = this.frames;
    setImmediate(() => this.frames === before && this.rest());
  }

  /** Nothing comes any more for now. @param from second at which the next frame begins at the earliest */
  rest(from?: number): void {
    clearTimeout(this.quiet);
    this.quiet = undefined;
    if (!this.stop.signal.aborted) this.read(this.track.rest(from));
  }

  /** Resolves when everything that has come is read. */
  async end(): Promise<void> {
    this.rest();
    await this.reading;
    this.cancel();
  }

  /** At once, whatever is left. */
  cancel(): void {
    clearTimeout(this.quiet);
    if (this.stop.signal.aborted) return;
    this.stop.abort(new HarkError('cancelled', 'The session has ended.'));
    this.track.close();
  }

  /** At once; the listener is told of what is left. */
  giveUp(): void {
    if (this.stop.signal.aborted) return;
    const left = [...this.pending];
    this.cancel();
    for (const { start, seconds } of left) this.listener.lost({ start, end: start + seconds }, late());
  }

  private read(utterances: readonly Utterance[]): void {
    for (const utterance of utterances) {
      this.pending.add(utterance);
      this.reading = this.reading
        .then(() => this.readOne(utterance))
        .finally(() => {
          this.pending.delete(utterance);
          if (!this.stop.signal.aborted) this.listener.dealt?.();
        });
    }
  }

  private async readOne(utterance: Utterance): Promise<void> {
    // Its last words come before the final ones.
    await this.glance;
    const { start, seconds } = utterance;
    const stretch = { start, end: start + seconds };
    try {
      const heard = await this.listen(utterance);
      if (this.stop.signal.aborted) return;
      this.language.hear(heard);
      if (heard.length > 0 || this.told) this.listener.final(this.final(stretch, heard));
      if (heard.length > 0 || this.told) this.index += 1;
    } catch (error) {
      if (this.stop.signal.aborted) return;
      this.listener.lost(stretch, HarkError.from(error));
      this.index += 1;
    }
    this.told = false;
  }

  private async listen(utterance: Utterance): Promise<HeardSegment[]> {
    if (this.stop.signal.aborted) return [];
    const piece = await utterance.piece();
    if (piece.content !== 'speech') return [];
    this.spoken += utterance.seconds;
    return this.engine.read(piece, this.language.told, this.stop.signal);
  }

  private final(stretch: { start: number; end: number }, heard: readonly HeardSegment[]): FinalWords {
    const segments = heard.map(({ madeBy: _, ...segment }) => segment);
    const { language } = segments.find((segment) => segment.language !== undefined) ?? {};
    return { index: this.index, ...stretch, text: textOf(segments), segments, ...(language && { language }) };
  }

  /** Reads what is being said, when somebody wants to know and nothing else is to be done. */
  private look(): void {
    const { partial } = this.listener;
    if (!partial || this.glance || this.pending.size > 0 || !this.engine.isIdle) return;
    if (!this.glances.isDue(this.track.seconds)) return;
    const open = this.track.open();
    if (!open) return;
    const end = open.start + open.seconds;
    const begun = performance.now();
    this.glance = this.guess(open)
      .then((text) => {
        if (!text || this.stop.signal.aborted) return;
        this.told = true;
        partial({ index: this.index, start: open.start, end, text });
      })
      .catch(() => undefined)
      .finally(() => {
        this.glances.took(end, performance.now() - begun);
        this.glance = undefined;
      });
  }

  private async guess(open: Utterance): Promise<string> {
    const piece = await open.piece();
    if (piece.content !== 'speech') return '';
    return textOf((await this.engine.glance(piece, this.language.told, this.stop.signal)) ?? []);
  }
}

function late(): HarkError {
  return new HarkError('engine_timeout', 'The session ended before this was read.', { retryable: true });
}
