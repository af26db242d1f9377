import type { Attributes, Context, Span } from '@opentelemetry/api';
import { ERROR_CODES } from '../../core/errors';
import { Fact, ToldJob } from '../../core/telemetry';
import { workContext } from '../../core/work-context';
import { Tracing } from './tracing';

const CODES: ReadonlySet<string> = new Set(ERROR_CODES);

/**
 * Makes of what happens to a note one trace: `note` over all of it, `receive`, `wait`, `read` for each attempt with a
 * `hear` for each piece, and `deliver`. Whichever process ends the note sends the whole span.
 */
export class NoteTraces {
  private readonly reading = new Map<string, Span>();

  constructor(private readonly tracing: Tracing) {}

  /** Attempts whose end has not been told. */
  get underWay(): number {
    return this.reading.size;
  }

  note(fact: Fact): void {
    if (fact.type === 'heard') return this.heard(fact);
    if (!('job' in fact)) return;
    const { job } = fact;
    switch (fact.type) {
      case 'received':
        return this.span('receive', job, job.createdAt).end();
      case 'begun':
        return this.begin(job);
      case 'queued-again':
        // What only interrupted it, such as a restart, is no failure.
        return this.endReading(job, { 'hark.why': fact.why }, CODES.has(fact.why) ? fact.why : undefined);
      case 'left':
        // It was cancelled or erased elsewhere, or another process has it.
        return this.endReading(job, { 'hark.why': 'gone' });
      case 'ended':
        this.endReading(job, resultOf(job), job.error?.code);
        if (job.status !== 'delivering') this.whole(job, job.error?.code);
        return;
      case 'delivered':
        this.span('deliver', job, new Date(Date.now() - fact.milliseconds)).end();
        return this.whole(job);
      case 'undelivered':
        return this.whole(job, fact.code);
    }
  }

  private begin(job: ToldJob): void {
    // The attempt at a draft is not counted, and what comes after it has waited for something else.
    if (job.attempts === 1 && job.timings.draft === undefined) this.span('wait', job, job.createdAt).end();
    this.reading.set(job.id, this.span('read', job, new Date(), { 'hark.attempt': job.attempts }));
  }

  private heard({ milliseconds, seconds }: Extract<Fact, { type: 'heard' }>): void {
    const parent = this.reading.get(workContext()?.jobId ?? '');
    if (!parent) return;
    const { api, tracer } = this.tracing;
    const startTime = Date.now() - milliseconds;
    const attributes = { 'hark.audio.seconds': seconds };
    tracer.startSpan('hear', { startTime, attributes }, api.trace.setSpan(api.ROOT_CONTEXT, parent)).end();
  }

  private endReading(job: ToldJob, attributes: Attributes, failure?: string): void {
    const span = this.reading.get(job.id);
    this.reading.delete(job.id);
    if (span) this.end(span.setAttributes(attributes), failure);
  }

  private whole(job: ToldJob, failure?: string): void {
    this.end(this.root(job).setAttributes(resultOf(job)), failure);
  }

  private end(span: Span, failure?: string): void {
    if (failure !== undefined)
      span.setStatus({ code: this.tracing.api.SpanStatusCode.ERROR, message: failure });
    span.end();
  }

  private span(name: string, job: ToldJob, startTime: Date, attributes?: Attributes): Span {
    return this.tracing.tracer.startSpan(name, { startTime, attributes }, this.within(job));
  }

  /** The root as a parent. It is ended, and so sent, by one process only; the sampler answers each alike. */
  private within(job: ToldJob): Context {
    const { trace, ROOT_CONTEXT } = this.tracing.api;
    return trace.setSpan(ROOT_CONTEXT, this.root(job));
  }

  private root({ id, platform, createdAt }: ToldJob): Span {
    const { ids, tracer } = this.tracing;
    const attributes = { 'hark.job.id': id, 'hark.platform': platform };
    return ids.forRoot(id, () => tracer.startSpan('note', { root: true, startTime: createdAt, attributes }));
  }
}

function resultOf({ outcome, reused, timings, media, error }: ToldJob): Attributes {
  const stages = Object.entries(timings).map(([stage, ms]) => [`hark.${stage}.milliseconds`, ms as number]);
  return {
    ...(Object.fromEntries(stages) as Attributes),
    'hark.outcome': outcome,
    'hark.reused': reused,
    'hark.audio.seconds': media.seconds,
    'hark.error.code': error?.code,
  };
}
