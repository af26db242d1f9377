import { randomUUID } from 'node:crypto';
import { Injectable, OnModuleDestroy } from '@nestjs/common';
import { Clock } from './clock';
import { HarkError } from './errors';
import { TranscriptionJob } from './job';
import { Policy } from './policy';
import { Summarizer } from './summarizer';
import { NO_TOKENS, Summary, digestOfWords, monthOf, nextMonth, together } from './summary';
import { SummaryStart, SummaryStore, TokenUser } from './summary-store';
import { MOST_WRITTEN, summaryText } from './summary-text';
import { Telemetry } from './telemetry';
import { Transcript } from './transcript';

/** So long a summary belongs to a process that does not renew it, and how often it does. */
const LEASE_MS = 60_000;
const RENEW_MS = 15_000;

/** What is to be summed up, by whom and for whom. */
export interface SummaryOrder {
  job: Pick<TranscriptionJob, 'id' | 'options'>;
  transcript: Pick<Transcript, 'text' | 'language'>;
  summarizer: Summarizer;
  user: TokenUser;
  /** Tokens the user has in a month; 0: no bound. */
  bound: number;
}

/** Hears all that there is so far, each time that there is more. */
export type DraftListener = (text: string) => void;

interface Draft {
  text: string;
  listeners: Set<DraftListener>;
}

/** Writes each summary once: who comes later gets the same one, while it is being written and afterwards. */
@Injectable()
export class SummaryWriterService implements OnModuleDestroy {
  private readonly writing = new Map<string, { draft: Draft; done: Promise<Summary> }>();
  private readonly ended = new AbortController();

  constructor(
    private readonly store: SummaryStore,
    private readonly policy: Policy,
    private readonly clock: Clock,
    private readonly telemetry: Telemetry,
  ) {}

  onModuleDestroy(): void {
    this.ended.abort(new HarkError('service_unavailable', 'hark is shutting down.', { retryable: true }));
  }

  /** By whomever, also those that are out of date; newest first. */
  all(jobId: string): Promise<Summary[]> {
    return this.store.of(jobId);
  }

  /** The summary of exactly these words by this summarizer, where there is one. */
  async kept({ job, transcript, summarizer }: SummaryOrder): Promise<Summary | undefined> {
    const digest = digestOfWords(transcript.text);
    const all = await this.store.of(job.id);
    return all.find((summary) => summary.driver === summarizer.name && summary.digest === digest);
  }

  /** @throws HarkError `summar…`, or `job_not_found` when it was erased meanwhile */
  async write(order: SummaryOrder, hear: DraftListener = () => undefined): Promise<Summary> {
    const { job, transcript, summarizer } = order;
    const key = JSON.stringify([job.id, summarizer.name, digestOfWords(transcript.text)]);
    let writing = this.writing.get(key);
    if (!writing) {
      const draft: Draft = { text: '', listeners: new Set() };
      writing = { draft, done: this.once(order, draft).finally(() => this.writing.delete(key)) };
      this.writing.set(key, writing);
    }
    const { draft, done } = writing;
    draft.listeners.add(hear);
    if (draft.text !== '') hear(draft.text);
    try {
      return await done;
    } finally {
      draft.listeners.delete(hear);
    }
  }

  private async once(order: SummaryOrder, draft: Draft): Promise<Summary> {
    const driver = order.summarizer.name;
    const kept = await this.kept(order);
    if (kept) {
      this.telemetry.tell({ type: 'summary', driver, outcome: 'kept', use: NO_TOKENS });
      return kept;
    }
    let use = NO_TOKENS;
    try {
      const outage = order.summarizer.outage();
      if (outage) throw outage;
      const summary = await this.anew(order, draft, (spent) => (use = spent));
      this.telemetry.tell({ type: 'summary', driver, outcome: 'written', use });
      return summary;
    } catch (error) {
      this.telemetry.tell({ type: 'summary', driver, outcome: HarkError.from(error).code, use });
      throw error;
    }
  }

  private async anew(
    { job, transcript, summarizer, user, bound }: SummaryOrder,
    draft: Draft,
    spend: (use: Summary['use']) => void,
  ): Promise<Summary> {
    const { text: words } = transcript;
    const language = job.options.translate ? 'en' : transcript.language;
    const request = { transcript: words, ...(language !== undefined && { language }) };
    const now = this.clock.now();
    const [owner, driver] = [`${this.policy.processId}:${randomUUID()}`, summarizer.name];
    const run = { jobId: job.id, driver, digest: digestOfWords(words), owner, user, bound };
    const held = { until: this.leaseEnd(), month: monthOf(now), tokens: summarizer.tokensFor(request) };
    const start = await this.store.begin({ ...run, ...held }, now);
    if (start !== 'begun') throw notBegun(start, bound, now);
    const lost = new AbortController();
    const renewal = setInterval(() => void this.renew(owner, job.id, driver, lost), RENEW_MS).unref();
    let [raw, use] = ['', NO_TOKENS];
    try {
      try {
        await summarizer.summarize(
          request,
          (piece) => {
            if ('use' in piece) spend((use = together(use, piece.use)));
            else if (raw.length < MOST_WRITTEN) {
              raw += piece.text;
              draft.text = summaryText(raw);
              for (const listener of draft.listeners) listener(draft.text);
            }
          },
          AbortSignal.any([this.ended.signal, lost.signal]),
        );
      } finally {
        // Tokens that were spent in vain were spent as well.
        if (use.input + use.output > 0) await this.store.charge(user, held.month, use);
      }
      const text = summaryText(raw);
      if (text === '') throw new HarkError('summarizer_failed', 'The model has written nothing.');
      const { madeBy, way } = summarizer;
      const { digest } = run;
      const summary: Summary = { jobId: job.id, driver, madeBy, way, text, digest, use, createdAt: now };
      if (!(await this.store.finish(owner, summary))) throw gone();
      return summary;
    } catch (error) {
      await this.store.abandon(owner, job.id, driver).catch(() => undefined);
      throw error;
    } finally {
      clearInterval(renewal);
    }
  }

  private leaseEnd(): Date {
    return new Date(this.clock.now().getTime() + LEASE_MS);
  }

  /** What was erased is not worth another word; a database that is away for a moment changes nothing. */
  private async renew(owner: string, jobId: string, driver: string, lost: AbortController): Promise<void> {
    const held = await this.store.renew(owner, jobId, driver, this.leaseEnd()).catch(() => true);
    if (!held) lost.abort(gone());
  }
}

function gone(): HarkError {
  return new HarkError('job_not_found', 'There is no such job.');
}

function notBegun(start: Exclude<SummaryStart, 'begun'>, limit: number, now: Date): HarkError {
  if (start === 'gone') return gone();
  if (start === 'busy')
    return new HarkError('summary_under_way', 'This is being summed up already. Ask again in a moment.', {
      retryable: true,
    });
  const retryAt = nextMonth(now);
  return new HarkError(
    'summary_tokens_used',
    'What is left of your tokens for summaries this month does not suffice for this one.',
    { retryAt, params: { limit, retryAt: retryAt.toISOString() } },
  );
}
