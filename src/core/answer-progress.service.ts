import { Injectable, Logger, OnModuleDestroy } from '@nestjs/common';
import { AnswerStore } from './answer-store';
import { JobEvent, JobEvents } from './job-events';
import { PlatformRegistry } from './platform.registry';
import { ReplyTurns } from './reply-turns';

/**
 * Lets replies grow while their notes are being read: posts "listening" at once, then edits with what has been heard,
 * no oftener than the platform likes. For processes with the `bot` role. What is finished is the delivery's business.
 */
@Injectable()
export class AnswerProgressService implements OnModuleDestroy {
  private readonly logger = new Logger(AnswerProgressService.name);
  /** Answers whose next edit is planned. */
  private readonly planned = new Map<string, NodeJS.Timeout>();
  private readonly lastReport = new Map<string, number>();
  private readonly stop = new AbortController();
  private unsubscribe = (): void => undefined;

  constructor(
    private readonly answers: AnswerStore,
    private readonly events: JobEvents,
    private readonly platforms: PlatformRegistry,
    private readonly turns: ReplyTurns,
  ) {}

  start(): void {
    this.unsubscribe = this.events.subscribe((event) => this.hear(event));
  }

  onModuleDestroy(): void {
    this.unsubscribe();
    this.stop.abort();
    for (const timer of this.planned.values()) clearTimeout(timer);
  }

  private hear(event: JobEvent): void {
    if (event.type === 'erased') return this.erased(event);
    if (event.answerId === undefined) return;
    const over = event.type === 'status' && event.status !== 'queued' && event.status !== 'running';
    if (over) this.forget(event.answerId);
    else this.plan(event.answerId);
  }

  private erased({ answerId, posted }: Extract<JobEvent, { type: 'erased' }>): void {
    if (!posted || answerId === undefined) return;
    this.forget(answerId);
    this.run(answerId, () => this.platforms.get(posted.address.platform).retract(posted));
  }

  private forget(answerId: string): void {
    clearTimeout(this.planned.get(answerId));
    this.planned.delete(answerId);
    this.lastReport.delete(answerId);
  }

  private plan(answerId: string): void {
    if (this.planned.has(answerId)) return;
    const last = this.lastReport.get(answerId);
    const interval = Math.max(0, ...this.platforms.all().map(({ limits }) => limits.editIntervalMs));
    const wait = last === undefined ? 0 : Math.max(0, last + interval - performance.now());
    const report = (): void => {
      this.planned.delete(answerId);
      this.lastReport.set(answerId, performance.now());
      this.run(answerId, () => this.report(answerId));
    };
    this.planned.set(answerId, setTimeout(report, wait));
  }

  private async report(answerId: string): Promise<void> {
    const answer = await this.answers.find(answerId);
    const unfinished = answer?.parts.some(({ job }) => job.status === 'queued' || job.status === 'running');
    if (!answer || !unfinished) return this.forget(answerId);
    const reply = await this.platforms.get(answer.address.platform).report(answer, this.stop.signal);
    if (reply) await this.answers.saveReply(answerId, reply);
  }

  /** Showing progress is a courtesy: what goes wrong with it is logged and disturbs nothing. */
  private run(answerId: string, work: () => Promise<void>): void {
    this.turns.take(answerId, work).catch((error: unknown) => {
      if (!this.stop.signal.aborted)
        this.logger.warn({ err: error, answerId, msg: 'A reply could not be updated' });
    });
  }
}
