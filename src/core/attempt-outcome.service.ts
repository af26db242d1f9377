import { Injectable, Logger } from '@nestjs/common';
import { Attempt } from './attempts.service';
import { HarkError } from './errors';
import { Interruption } from './interruption';
import { TranscriptionJob } from './job';
import { JobChangesService } from './job-changes.service';
import { AttemptResult, JobStore } from './job-store';
import { Clock } from './clock';
import { Policy } from './policy';
import { retryDelayMs } from './retry-delay';

/** Settles what an attempt came to: done, failed for good, or queued for another attempt. */
@Injectable()
export class AttemptOutcomeService {
  private readonly logger = new Logger(AttemptOutcomeService.name);

  constructor(
    private readonly jobs: JobStore,
    private readonly changes: JobChangesService,
    private readonly policy: Policy,
    private readonly clock: Clock,
  ) {}

  /** The transcript is stored before anybody hears of it. */
  async done(attempt: Attempt, result: AttemptResult): Promise<void> {
    const now = this.clock.now();
    const { createdAt, startedAt } = attempt.job;
    const wait = (startedAt ?? now).getTime() - createdAt.getTime();
    const total = attempt.job.replyTo ? {} : { total: now.getTime() - createdAt.getTime() };
    const timings = { wait, ...result.timings, ...total };
    const job = await this.jobs.finish(attempt.job.id, attempt.owner, { ...result, timings }, now);
    if (job) await this.changes.ended(job);
  }

  async stopped(attempt: Attempt, thrown: unknown): Promise<void> {
    const { job, signal } = attempt;
    const reason: unknown = signal.aborted ? signal.reason : thrown;
    if (reason instanceof Interruption) return this.interrupted(attempt, reason);
    const error = HarkError.from(thrown);
    if (this.isOutage(error)) {
      this.logger.warn({ err: error, jobId: job.id, msg: 'Nobody could listen; the note waits' });
      return this.handBack(attempt, error, true);
    }
    const last = !error.retryable || job.attempts >= this.policy.maxAttempts;
    this.logger[last ? 'error' : 'warn']({
      err: error,
      jobId: job.id,
      platform: job.platform,
      attempt: job.attempts,
      msg: last ? 'The job failed' : 'The attempt failed; there will be another',
    });
    if (last) await this.failed(job, attempt.owner, error);
    else await this.handBack(attempt, error);
  }

  private async interrupted({ job, owner }: Attempt, { why }: Interruption): Promise<void> {
    if (why !== 'shutdown' && why !== 'yielded') return;
    const back = { availableAt: this.clock.now(), uncounted: true };
    if (await this.jobs.handBack(job.id, owner, back)) this.changes.queued(job);
  }

  private async failed(job: TranscriptionJob, owner: string, error: HarkError): Promise<void> {
    const { code, userMessage: message, params } = error;
    const failed = await this.jobs.fail(job.id, { code, message, params }, this.clock.now(), owner);
    if (failed) await this.changes.ended(failed);
  }

  /** No attempt counts that nobody could make. */
  private isOutage({ code, retryable }: HarkError): boolean {
    return this.policy.outlastsOutages && code === 'engine_unavailable' && retryable;
  }

  private async handBack({ job, owner }: Attempt, error: HarkError, uncounted = false): Promise<void> {
    const { code, userMessage: message, params } = error;
    const earliest = this.clock.now().getTime() + retryDelayMs(job.attempts);
    const availableAt = new Date(Math.max(earliest, error.retryAt?.getTime() ?? 0));
    const back = { availableAt, error: { code, message, params }, uncounted };
    if (await this.jobs.handBack(job.id, owner, back)) this.changes.queued(job);
  }
}
