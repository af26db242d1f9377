import { Logger } from '@nestjs/common';
import { circuitBreaker, CircuitState, ExponentialBackoff, handleAll, IBackoff } from 'cockatiel';
import { Clock } from '../core/clock';
import { HarkError } from '../core/errors';
import { AudioPiece } from '../core/media';
import { Telemetry } from '../core/telemetry';
import { Segment } from '../core/transcript';
import { ListeningOptions, Transcriber } from '../core/transcriber';
import { TranscriptionOptions } from '../core/voice-note';
import { forEverybody } from '../core/work-context';
import { checkWell } from './back-end-test';
import { blameOf } from './blame';
import { CircuitTimings } from './circuit-timings';
import { DoubtBreaker } from './doubt-breaker';

/** What a piece came to, other than a failure of the back end. */
type Outcome = { segments: Segment[] } | { error: unknown };

/**
 * A back end behind its circuit breaker. While the circuit is open nobody's recording is sent there: the back end is
 * tested with a second of silence, until it passes.
 */
export class Circuit {
  private readonly log = new Logger('Transcribers');
  private readonly breaker = new DoubtBreaker();
  /** The pause is measured here, for the policy goes by the clock on the wall, which may be set; to it, it is over. */
  private readonly policy = circuitBreaker(handleAll, { breaker: this.breaker, halfOpenAfter: -Infinity });
  private readonly ended = new AbortController();
  private pause?: IBackoff<unknown>;
  private timer?: NodeJS.Timeout;
  private testAt?: Date;
  private mended = Promise.withResolvers<void>();
  /** Why it was last taken out of use. */
  lastError?: HarkError;

  constructor(
    readonly transcriber: Transcriber,
    private readonly timings: CircuitTimings,
    private readonly clock: Clock,
    private readonly telemetry: Telemetry,
  ) {
    this.policy.onBreak((reason) => this.opened(HarkError.from('error' in reason ? reason.error : reason)));
    this.policy.onReset(() => this.closed());
  }

  get isOpen(): boolean {
    return this.policy.state !== CircuitState.Closed;
  }

  /** When an open one is tested next, or since when it is. */
  get nextTest(): Date {
    return this.testAt ?? this.clock.now();
  }

  get isBeingTested(): boolean {
    return this.policy.state === CircuitState.HalfOpen;
  }

  /** Resolves when an open one is in use again. */
  get closing(): Promise<void> {
    return this.mended.promise;
  }

  /**
   * All that is heard in one piece, or none of it. Not to be called while the circuit is open.
   *
   * @param hurry somebody else could listen: the back end must be ready soon
   * @throws HarkError of the back end, and the abort reason
   */
  async hear(
    piece: AudioPiece,
    options: ListeningOptions,
    signal: AbortSignal,
    hurry: boolean,
  ): Promise<Segment[]> {
    const outcome = await this.policy.execute(async (): Promise<Outcome> => {
      try {
        if (hurry) await this.soonReady(options, signal);
        const segments: Segment[] = [];
        for await (const segment of this.transcriber.transcribe(piece, options, signal))
          segments.push(segment);
        return { segments };
      } catch (error) {
        if (signal.aborted) return { error: signal.reason };
        const known = HarkError.from(error);
        const blame = blameOf(known);
        if (blame === 'none') return { error: known };
        this.breaker.add(blame);
        throw known;
      }
    });
    if ('error' in outcome) throw outcome.error;
    return outcome.segments;
  }

  /** Tests no more. */
  end(): void {
    clearTimeout(this.timer);
    this.ended.abort(new HarkError('service_unavailable', 'hark is shutting down.', { retryable: true }));
  }

  private async soonReady(options: TranscriptionOptions, signal: AbortSignal): Promise<void> {
    const limit = AbortSignal.timeout(this.timings.readyMs);
    try {
      await this.transcriber.ready(options, AbortSignal.any([signal, limit]));
    } catch (error) {
      if (!limit.aborted || signal.aborted) throw error;
      throw new HarkError('engine_unavailable', 'The speech engine is still getting ready.', {
        retryable: true,
      });
    }
  }

  private opened(error: HarkError): void {
    const { first: initialDelay, longest: maxDelay } = this.timings.pauseMs;
    const level = this.pause === undefined ? 'error' : 'warn';
    this.pause = this.pause?.next(undefined) ?? new ExponentialBackoff({ initialDelay, maxDelay }).next();
    const now = this.clock.now().getTime();
    const pauseMs = Math.max(this.pause.duration, (error.retryAt?.getTime() ?? 0) - now);
    this.lastError = error;
    this.tell(false);
    this.testAt = new Date(now + pauseMs);
    if (this.ended.signal.aborted) return;
    const seconds = Math.ceil(pauseMs / 1_000);
    this.log[level]({
      err: error,
      msg: `The back end ${this.transcriber.name} is out of use; it is tested in ${seconds} s`,
    });
    this.timer = forEverybody(() => setTimeout(() => void this.test(), pauseMs).unref());
  }

  private async test(): Promise<void> {
    // What comes of it is told by the policy's events.
    await this.policy.execute(() => checkWell(this.transcriber, this.ended.signal)).catch(() => undefined);
  }

  private closed(): void {
    this.pause = undefined;
    this.tell(true);
    this.log.log(`The back end ${this.transcriber.name} is in use again`);
    this.mended.resolve();
    this.mended = Promise.withResolvers();
  }

  /** Tells whoever counts whether it is in use. */
  tell(inUse = !this.isOpen): void {
    this.telemetry.tell({ type: 'back-end', name: this.transcriber.name, inUse });
  }
}
