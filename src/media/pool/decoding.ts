import { ErrorCode, HarkError } from '../../core/errors';
import { AudioPiece } from '../../core/media';
import { DecoderLimits } from './decoder-limits';
import { DecoderProcess } from './decoder-process';
import { DecodeRequest, PieceReport } from './protocol';
import { ReceivedReport } from './report-reader';
import { StallWatch } from './stall-watch';

/** One file in a decoder's hands. */
export class Decoding {
  seconds = 0;
  claimedSeconds?: number;
  busyMs = 0;
  private readonly trouble = Promise.withResolvers<never>();
  private readonly watch: StallWatch;
  private fed = Promise.resolve();
  /** The decoder has said all there is to say of this file. */
  private finished = false;

  constructor(
    private readonly decoder: DecoderProcess,
    private readonly limits: DecoderLimits,
  ) {
    this.trouble.promise.catch(() => undefined);
    this.watch = new StallWatch(limits.stallMs, () => this.trouble.reject(tooSlow('It does not get on.')));
  }

  /**
   * The pieces; while one is in the taker's hands the next one is made, and no more.
   *
   * @throws HarkError as the decoder says, that of `input`, `media_decode_timeout`, `media_decode_failed` when the
   * decoder dies, and the abort reason when `signal` fires
   */
  async *pieces(
    input: AsyncIterable<Uint8Array>,
    request: DecodeRequest,
    signal: AbortSignal,
  ): AsyncGenerator<AudioPiece, void, void> {
    const abort = (): void => this.trouble.reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    this.decoder.jobs++;
    this.decoder.order({ type: 'start', request });
    this.decoder.order({ type: 'take' });
    this.fed = this.feed(input);
    try {
      signal.throwIfAborted();
      for (let report = await this.next(); report.type !== 'done'; report = await this.next()) {
        if (report.type === 'failed') throw failure(report);
        this.decoder.order({ type: 'take' });
        yield report.piece;
      }
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  /** Waits until the decoder can be given another file. False when it cannot be. `input` must have ended by now. */
  async settle(): Promise<boolean> {
    if (!this.finished) return false;
    await this.fed;
    return this.decoder.isAlive;
  }

  private async next(): Promise<ReceivedReport> {
    this.watch.await(true);
    try {
      const report = await Promise.race([this.decoder.reports.next().catch(this.died), this.trouble.promise]);
      if (report.type === 'piece') this.note(report.about);
      else this.finished = true;
      if (report.type === 'done') this.note(report);
      if (this.watch.worked > this.limits.workMs + this.seconds * 1_000) throw tooSlow('It takes too long.');
      return report;
    } finally {
      this.watch.await(false);
    }
  }

  private note({
    seconds,
    busyMs,
    claimedSeconds,
  }: Pick<PieceReport, 'seconds' | 'busyMs' | 'claimedSeconds'>): void {
    this.seconds = seconds;
    this.claimedSeconds = claimedSeconds;
    this.busyMs = busyMs;
  }

  private readonly died = (): never => {
    throw decodeError(
      'media_decode_failed',
      'The decoder broke down over this file.',
      this.decoder.lastWords,
    );
  };

  /** Writes the file into the pipe, as fast as it is read. Never rejects: whoever takes the pieces hears of it. */
  private async feed(input: AsyncIterable<Uint8Array>): Promise<void> {
    const chunks = input[Symbol.asyncIterator]();
    try {
      while (!this.finished) {
        // while bytes are waited for the decoder cannot be blamed for doing nothing
        this.watch.starve(true);
        const item = await chunks.next();
        this.watch.starve(false);
        if (item.done) break;
        if (item.value.length > 0) await this.write(item.value);
      }
    } catch (error) {
      // once the decoder is done with the file it does not matter that the file has no end
      if (!this.finished) return this.trouble.reject(error);
    }
    await this.write(new Uint8Array(0));
  }

  /** Comes true when the decoder has room for more, or is gone. */
  private async write(bytes: Uint8Array): Promise<void> {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    const frame = Buffer.concat([length, bytes]);
    await new Promise<void>((resolve) => this.decoder.input.write(frame, () => resolve()));
    this.watch.progress();
  }
}

function failure(report: Extract<ReceivedReport, { type: 'failed' }>): HarkError {
  const { code, message, params, retryable, detail } = report;
  return new HarkError(code, message, { params, retryable, cause: detail && new Error(detail) });
}

function tooSlow(detail: string): HarkError {
  return decodeError('media_decode_timeout', 'The file takes too long to decode.', detail);
}

function decodeError(code: ErrorCode, message: string, detail: string): HarkError {
  return new HarkError(code, message, { cause: new Error(detail) });
}
