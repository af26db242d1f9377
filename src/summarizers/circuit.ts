import { Logger } from '@nestjs/common';
import { circuitBreaker, CircuitState, handleAll } from 'cockatiel';
import { Clock } from '../core/clock';
import { HarkError } from '../core/errors';
import { Telemetry } from '../core/telemetry';
import { BlameBreaker } from './blame';
import { SummarizerTimings } from './summarizer-timings';

/**
 * Keeps people from waiting for a service that is known to fail. After a pause the next one who asks is the test: asking
 * costs, so nobody asks for nothing.
 */
export class Circuit {
  private readonly log = new Logger('Summarizers');
  private readonly breaker = new BlameBreaker();
  /** The pause is measured here; to the policy it is over. */
  private readonly policy = circuitBreaker(handleAll, { breaker: this.breaker, halfOpenAfter: -Infinity });
  private pauseMs?: number;
  private shutUntil?: Date;
  private lastError?: HarkError;

  constructor(
    private readonly name: string,
    private readonly timings: SummarizerTimings,
    private readonly clock: Clock,
    private readonly telemetry: Telemetry,
  ) {
    this.policy.onBreak((reason) => this.opened(HarkError.from('error' in reason ? reason.error : reason)));
    this.policy.onReset(() => this.closed());
  }

  /** Why the service is not asked now; undefined while it may be. */
  outage(): HarkError | undefined {
    if (this.policy.state !== CircuitState.Open || this.shutUntil === undefined) return undefined;
    const now = this.clock.now().getTime();
    const left = this.shutUntil.getTime() - now;
    // A clock that was set back makes no pause longer.
    if (left <= 0 || left > this.longestMs) return undefined;
    const retryAt = this.shutUntil;
    return new HarkError(
      'summarizer_unavailable',
      'The summary service is out of order at the moment. Try again later.',
      { retryable: true, retryAt, params: { retryAt: retryAt.toISOString() }, cause: this.lastError },
    );
  }

  /** Tells whoever counts whether it is in use. */
  tell(inUse = this.policy.state !== CircuitState.Open): void {
    this.telemetry.tell({ type: 'summarizer', name: this.name, inUse });
  }

  /** @throws HarkError of `work`, or why the service is not asked; the reason of `signal` when that is aborted */
  async run(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
    const outage = this.outage();
    if (outage) throw outage;
    const error = await this.policy.execute(async (): Promise<unknown> => {
      try {
        await work();
        return undefined;
      } catch (thrown) {
        if (signal.aborted) return signal.reason;
        const known = HarkError.from(thrown);
        if (!this.breaker.add(known)) return known;
        throw known;
      }
    });
    if (error !== undefined) throw error as Error;
  }

  private get longestMs(): number {
    return Math.max(this.timings.pauseMs.longest, 3_600_000);
  }

  private opened(error: HarkError): void {
    const { first, longest } = this.timings.pauseMs;
    this.pauseMs = this.pauseMs === undefined ? first : Math.min(longest, this.pauseMs * 2);
    const now = this.clock.now().getTime();
    const pauseMs = Math.max(this.pauseMs, (error.retryAt?.getTime() ?? 0) - now);
    this.shutUntil = new Date(now + pauseMs);
    this.lastError = error;
    const seconds = Math.ceil(pauseMs / 1_000);
    this.log.error({ err: error, msg: `Summaries by ${this.name} are out of use for ${seconds} s` });
    this.tell(false);
  }

  private closed(): void {
    [this.pauseMs, this.shutUntil, this.lastError] = [undefined, undefined, undefined];
    this.log.log(`Summaries by ${this.name} are in use again`);
    this.tell(true);
  }
}
