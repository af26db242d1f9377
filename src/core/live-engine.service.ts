import { Injectable } from '@nestjs/common';
import { HarkError } from './errors';
import { AudioPiece } from './media';
import { RunningWork } from './running-work';
import { HeardSegment, Transcriber } from './transcriber';
import { TranscriptionOptions } from './voice-note';

/** How often an utterance is read when the engine fails: it may have been replaced meanwhile. */
const TRIES = 2;

/**
 * The engine, for what is said live. Finished utterances take their turns with everything else. What is still being said
 * is read only while nothing else is to be done, one at a time: nobody ever waits for it but whoever comes in this very
 * moment.
 */
@Injectable()
export class LiveEngineService {
  private finals = 0;
  private glancing = false;

  constructor(
    private readonly transcriber: Transcriber,
    private readonly work: RunningWork,
  ) {}

  /** @throws HarkError when it cannot be read, and the reason of `signal` */
  async read(piece: AudioPiece, options: TranscriptionOptions, signal: AbortSignal): Promise<HeardSegment[]> {
    this.finals += 1;
    this.work.makeWay();
    try {
      for (let tries = 1; ; tries++) {
        try {
          return await this.hear(piece, options, signal);
        } catch (error) {
          signal.throwIfAborted();
          if (tries === TRIES || !HarkError.from(error).retryable) throw error;
        }
      }
    } finally {
      this.finals -= 1;
    }
  }

  /** Undefined when there is something better to do, or it cannot be read now. */
  async glance(
    piece: AudioPiece,
    options: TranscriptionOptions,
    signal: AbortSignal,
  ): Promise<HeardSegment[] | undefined> {
    if (!this.isIdle) return undefined;
    this.glancing = true;
    try {
      return await this.hear(piece, options, signal);
    } catch {
      return undefined;
    } finally {
      this.glancing = false;
    }
  }

  /** Whether what is still being said may be read. */
  get isIdle(): boolean {
    return !this.glancing && this.finals === 0 && this.work.isIdle && this.transcriber.outage() === undefined;
  }

  private async hear(
    piece: AudioPiece,
    options: TranscriptionOptions,
    signal: AbortSignal,
  ): Promise<HeardSegment[]> {
    const heard: HeardSegment[] = [];
    for await (const segment of this.transcriber.transcribe(piece, options, signal))
      if (segment.text.trim() !== '') heard.push(segment);
    return heard;
  }
}
