import { Clock } from '../core/clock';
import { HarkError } from '../core/errors';
import { Summarizer, SummaryListener, SummaryRequest } from '../core/summarizer';
import { TokenUse, estimatedTokens } from '../core/summary';
import { Refusal } from '../remote/refusal';
import { ServiceAccess } from '../remote/service-access';
import { ANSWER_TOKENS, Instructed, instructed } from './instructions';
import { senseless, serviceError } from './service-errors';

/** What all services have in common that write: each question is asked once, and what goes wrong is explained. */
export abstract class RemoteSummarizer extends Summarizer {
  readonly way = 'written';
  readonly host?: string;
  readonly madeBy: string;

  constructor(
    protected readonly access: ServiceAccess,
    private readonly clock: Clock,
  ) {
    super();
    this.host = access.host;
    this.madeBy = access.madeBy;
  }

  tokensFor(request: SummaryRequest): number {
    return estimateOf(instructed(request)).input + ANSWER_TOKENS;
  }

  async summarize(request: SummaryRequest, hear: SummaryListener, signal: AbortSignal): Promise<void> {
    try {
      await this.ask(instructed(request), hear, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof HarkError) throw error;
      const refusal = error as Refusal;
      if (refusal instanceof SyntaxError) throw senseless(this.access.shown(refusal.message));
      const { message, code, errorCode, type } = refusal;
      const shown = this.access.shown([message, code, errorCode, type].filter(Boolean).join(' '));
      throw serviceError(refusal, shown, this.clock.now());
    }
  }

  /**
   * Asks, and passes on what is written; once the service has taken it on, what it cost is told however it ends.
   *
   * @throws HarkError, or what the service's client throws
   */
  protected abstract ask(asked: Instructed, hear: SummaryListener, signal: AbortSignal): Promise<void>;
}

/** Where the service does not say. */
export function estimateOf({ system, data }: Instructed, written = ''): TokenUse {
  return { input: estimatedTokens(system + data), output: estimatedTokens(written), estimated: true };
}
