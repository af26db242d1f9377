import { Injectable, Logger } from '@nestjs/common';
import { Answer, Reply } from './answer';
import { hasDraft } from './answer-outlets';
import { AnswerStore } from './answer-store';
import { HarkError } from './errors';
import { JobEvent, JobEvents, PostedReply } from './job-events';
import { Term } from './leadership';
import { PlatformRegistry } from './platform.registry';
import { retryDelayMs } from './retry-delay';
import { ReplyTurns } from './reply-turns';
import { WaitingService } from './waiting.service';
import { WorkContext, contextOfAnswer, workingFor } from './work-context';

/**
 * Lets replies grow while their notes are being read: posts "listening" at once, then edits with what has been heard,
 * no oftener than the platform likes. For the leader alone. What is finished is the delivery's business.
 */
@Injectable()
export class AnswerProgressService {
  private readonly logger = new Logger(AnswerProgressService.name);
  /** Answers whose next edit is planned. */
  private readonly planned = new Map<string, NodeJS.Timeout>();
  /** When the next edit of an answer is welcome to its platform, by `performance.now()`. */
  private readonly notBefore = new Map<string, number>();
  /** How often in a row it has failed to show the draft of an answer. */
  private readonly failures = new Map<string, number>();
  /** Answers that were not over when they were last heard of. */
  private readonly unfinished = new Set<string>();
  private lookUps: Promise<unknown> = Promise.resolve();
  /** The present one, or the last. */
  private term?: Term;

  constructor(
    private readonly answers: AnswerStore,
    private readonly events: JobEvents,
    private readonly platforms: PlatformRegistry,
    private readonly turns: ReplyTurns,
    private readonly waiting: WaitingService,
  ) {}

  /** Until the term is over. */
  begin(term: Term): void {
    this.term = term;
    const unsubscribe = this.events.subscribe((event) => this.hear(event));
    term.signal.addEventListener('abort', () => {
      unsubscribe();
      for (const answerId of [...this.planned.keys()]) this.forget(answerId);
    });
  }

  private get signal(): AbortSignal {
    return this.term?.signal ?? AbortSignal.abort();
  }

  private hear(event: JobEvent): void {
    if (event.type === 'erased') return this.erased(event);
    if (event.answerId === undefined) return;
    const over = event.type === 'status' && event.status !== 'queued' && event.status !== 'running';
    if (over) this.forget(event.answerId);
    else this.plan(event.answerId, event.jobId, event.type === 'status' && event.drafted);
  }

  private erased({ jobId, answerId, posted, summaries = [] }: Extract<JobEvent, { type: 'erased' }>): void {
    if (answerId === undefined) return;
    for (const summary of summaries) this.retract(answerId, jobId, summary);
    if (!posted) return;
    this.forget(answerId);
    this.retract(answerId, jobId, posted);
  }

  private retract(answerId: string, jobId: string, posted: PostedReply): void {
    const { platform } = posted.address;
    this.run(answerId, { jobId, platform, stage: 'showing' }, async () => {
      await this.term?.confirm();
      await this.platforms.get(platform).retract(posted);
    });
  }

  private forget(answerId: string): void {
    clearTimeout(this.planned.get(answerId));
    this.planned.delete(answerId);
    this.notBefore.delete(answerId);
    this.failures.delete(answerId);
    this.unfinished.delete(answerId);
  }

  /** @param jobId whose news it is @param soon it is what people wait for */
  private plan(answerId: string, jobId: string, soon = false): void {
    this.unfinished.add(answerId);
    if (soon) {
      clearTimeout(this.planned.get(answerId));
      this.planned.delete(answerId);
      this.notBefore.delete(answerId);
    }
    if (this.planned.has(answerId)) return;
    const wait = Math.max(0, (this.notBefore.get(answerId) ?? 0) - performance.now());
    const report = (): void => {
      this.planned.delete(answerId);
      this.run(answerId, { jobId, stage: 'showing' }, () => this.report(answerId, jobId));
    };
    this.planned.set(answerId, setTimeout(report, wait));
  }

  private async report(answerId: string, jobId: string): Promise<void> {
    const answer = await this.lookUp(answerId);
    const unfinished = answer?.parts.some(({ job }) => job.status === 'queued' || job.status === 'running');
    if (!answer || !unfinished) return this.forget(answerId);
    await this.courteously(answerId, contextOfAnswer(answer, 'showing'), async () => {
      try {
        await this.show(answer);
        this.failures.delete(answerId);
      } catch (error) {
        if (hasDraft(answer)) this.planAgain(answerId, jobId, HarkError.from(error));
        throw error;
      }
    });
  }

  /** Nothing else may happen to a draft for a while, and people wait for it. */
  private planAgain(answerId: string, jobId: string, { retryable, retryAt }: HarkError): void {
    if (!retryable || this.signal.aborted || !this.unfinished.has(answerId)) return;
    const failures = (this.failures.get(answerId) ?? 0) + 1;
    this.failures.set(answerId, failures);
    const wait = Math.max(retryDelayMs(failures), (retryAt?.getTime() ?? 0) - Date.now());
    this.notBefore.set(answerId, performance.now() + wait);
    this.plan(answerId, jobId);
  }

  private async show(answer: Answer): Promise<void> {
    const answerId = answer.id;
    const platform = this.platforms.get(answer.address.platform);
    this.notBefore.set(answerId, performance.now() + platform.limits.editIntervalMs);
    const explained = await this.waiting.explain(answer);
    const { term } = this;
    const show = async (): Promise<Reply | undefined> => {
      await term?.confirm();
      return platform.report(explained, this.signal);
    };
    // Replies begin in the order of their notes: whoever reads the channel expects it.
    const place = `${answer.address.platform} ${answer.address.thread ?? answer.address.channel}`;
    const reply = await (answer.reply ? show() : this.turns.take(place, show));
    if (reply) await this.answers.saveReply(answerId, reply, { term: term?.number });
  }

  /**
   * One after the other, so that what was asked for first is there first. What is over by then is not looked up: where
   * much is going on, its delivery is waiting for the turn.
   */
  private lookUp(answerId: string): Promise<Answer | undefined> {
    const found = this.lookUps.then(() =>
      this.unfinished.has(answerId) ? this.answers.find(answerId) : undefined,
    );
    this.lookUps = found.catch(() => undefined);
    return found;
  }

  private run(answerId: string, context: WorkContext, work: () => Promise<void>): void {
    void this.turns.take(answerId, () => this.courteously(answerId, context, work));
  }

  /** Showing progress is a courtesy: what goes wrong with it is logged and disturbs nothing. */
  private courteously(answerId: string, context: WorkContext, work: () => Promise<void>): Promise<void> {
    return workingFor(context, async () => {
      try {
        await work();
      } catch (error) {
        if (!this.signal.aborted)
          this.logger.warn({ err: error, answerId, msg: 'A reply could not be updated' });
      }
    });
  }
}
