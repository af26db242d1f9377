import { setTimeout } from 'node:timers/promises';
import { Clock } from '../core/clock';
import { HarkError } from '../core/errors';
import { Summarizer, SummaryListener, SummaryRequest } from '../core/summarizer';
import { SummaryWay } from '../core/summary';
import { Circuit } from './circuit';
import { SummarizerTimings } from './summarizer-timings';
import { tooSlow } from './service-errors';

const WORTH_ANOTHER_TRY = new Set(['summarizer_busy', 'summarizer_failed']);

/** A driver with bounded patience: few tries, little time, and none at all while its circuit is open. */
export class GuardedSummarizer extends Summarizer {
  readonly name: string;
  readonly way: SummaryWay;
  readonly host?: string;
  readonly madeBy: string;

  constructor(
    private readonly driver: Summarizer,
    readonly circuit: Circuit,
    private readonly timings: SummarizerTimings,
    private readonly clock: Clock,
  ) {
    super();
    [this.name, this.way] = [driver.name, driver.way];
    [this.host, this.madeBy] = [driver.host, driver.madeBy];
  }

  tokensFor(request: SummaryRequest): number {
    return this.driver.tokensFor(request);
  }

  override outage(): HarkError | undefined {
    return this.circuit.outage();
  }

  async summarize(request: SummaryRequest, hear: SummaryListener, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await this.circuit.run(() => this.inTime(request, hear, signal), signal);
  }

  private async inTime(request: SummaryRequest, hear: SummaryListener, signal: AbortSignal): Promise<void> {
    const limit = AbortSignal.timeout(this.timings.requestMs);
    try {
      await this.patiently(request, hear, AbortSignal.any([signal, limit]));
    } catch (error) {
      if (signal.aborted || !limit.aborted) throw error;
      throw tooSlow(new Error(`${this.name}: no answer in time`));
    }
  }

  /** Once somebody has read the beginning nothing begins anew. */
  private async patiently(
    request: SummaryRequest,
    hear: SummaryListener,
    signal: AbortSignal,
  ): Promise<void> {
    for (let tried = 1; ; tried++) {
      let begun = false;
      try {
        return await this.driver.summarize(
          request,
          (piece) => {
            begun ||= 'text' in piece;
            hear(piece);
          },
          signal,
        );
      } catch (error) {
        const waitMs =
          begun || tried > this.timings.retries.most ? undefined : this.pauseBefore(error, tried);
        if (waitMs === undefined) throw error;
        await setTimeout(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted());
      }
    }
  }

  /** Undefined: it is not worth another try, or not before people have gone. */
  private pauseBefore(error: unknown, tried: number): number | undefined {
    if (!(error instanceof HarkError) || !error.retryable || !WORTH_ANOTHER_TRY.has(error.code))
      return undefined;
    const { firstMs, longestMs } = this.timings.retries;
    const asked = error.retryAt && error.retryAt.getTime() - this.clock.now().getTime();
    const waitMs = asked ?? firstMs * 2 ** (tried - 1) * (0.75 + Math.random() / 2);
    return waitMs <= longestMs ? Math.max(0, waitMs) : undefined;
  }
}
