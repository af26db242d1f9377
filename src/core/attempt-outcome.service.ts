import { Injectable, Logger } from '@nestjs/common';
import { Attempt } from './attempts.service';
import { ErrorCode, HarkError } from './errors';
import { Interruption } from './interruption';
import { Draft, JobStatus, TranscriptionJob } from './job';
import { JobChangesService } from './job-changes.service';
import { AttemptResult, JobStore } from './job-store';
import { Clock } from './clock';
import { OutageService } from './outage.service';
import { Policy } from './policy';
import { LONGEST_WAIT_MS } from './retry-delay';
import { Verdict, verdictOn } from './attempt-verdict';

/**
 * The chosen model cannot listen, or hark does not survive it: nothing is wrong with the note, and nobody has taken it
 * back. Of what is gone, or may not be read any more, no words are to stay.
 */
const CANNOT_LISTEN: readonly ErrorCode[] = [
  'engine_unavailable',
  'engine_failed',
  'engine_timeout',
  'engine_crashed',
  'model_unknown',
  'model_not_found',
  'model_download_failed',
  'model_corrupt',
  'job_lost',
];

/** Settles what an attempt came to: done, failed for good, or queued for another attempt. */
@Injectable()
export class AttemptOutcomeService {
  private readonly logger = new Logger(AttemptOutcomeService.name);

  constructor(
    private readonly jobs: JobStore,
    private readonly changes: JobChangesService,
    private readonly policy: Policy,
    private readonly clock: Clock,
    private readonly outages: OutageService,
  ) {}

  /** @throws HarkError `job_lost` when process after process went away over this job: perhaps because of it */
  refuseIfDangerous({ losses }: TranscriptionJob): void {
    if (losses < this.policy.maxLosses) return;
    throw new HarkError('job_lost', 'The job was interrupted several times and was therefore given up.');
  }

  /** The transcript is stored before anybody hears of it; while the database is away it waits for that. */
  async done(attempt: Attempt, result: AttemptResult): Promise<void> {
    const { job, owner, signal } = attempt;
    const { id, source } = job;
    const now = this.clock.now();
    // A clock that was set back would make a wait shorter than none.
    const since = (time: Date): number => Math.max(0, now.getTime() - time.getTime());
    const wait = Math.max(0, (job.startedAt ?? now).getTime() - job.createdAt.getTime());
    const total = job.replyTo ? {} : { total: since(job.createdAt) };
    const { draft } = job.timings;
    const timings = { wait, ...(draft !== undefined && { draft }), ...result.timings, ...total };
    const finish = () => this.jobs.finish(id, owner, { ...result, timings }, now);
    const ended = await this.settle(attempt, finish, ['delivering', 'done']);
    const { audio } = result;
    if (ended || !audio || source.kind === 'upload') return;
    // It was erased meanwhile, or is somebody else's; unless it is ended by us, and by others once more.
    const left = await this.outages.outlast(() => this.jobs.find(id), signal);
    if (left?.audio?.id !== audio.id) await this.changes.removeAudio({ ...job, audio });
  }

  /** The job goes on when there is nothing else to do; until then the draft is shown. */
  async drafted(attempt: Attempt, draft: Draft): Promise<void> {
    const { job, owner } = attempt;
    const save = () => this.jobs.saveDraft(job.id, owner, draft, this.clock.now());
    const isThere = (found: TranscriptionJob): boolean => found.status === 'queued' && !!found.draft;
    const saved = await this.stored(attempt, save, isThere);
    if (saved) this.changes.drafted(saved);
  }

  async stopped(attempt: Attempt, thrown: unknown): Promise<void> {
    const { job, signal } = attempt;
    const reason: unknown = signal.aborted ? signal.reason : thrown;
    if (reason instanceof Interruption) return this.interrupted(attempt, reason);
    const error = HarkError.from(thrown);
    const away = this.outages.is(error);
    const verdict = verdictOn(job, error, away, this.policy);
    // Of a note that waits for the end of an outage it is told once.
    if (!away || job.error?.code !== error.code) this.tell(job, error, verdict, away);
    if (verdict === 'failed') await this.failed(attempt, error);
    else await this.handBack(attempt, error, verdict);
  }

  private async interrupted({ job, owner }: Attempt, { why }: Interruption): Promise<void> {
    if (why !== 'shutdown' && why !== 'deposed' && why !== 'yielded') return;
    const back = { availableAt: this.clock.now(), uncounted: true };
    if (await this.jobs.handBack(job.id, owner, back)) this.changes.queued(job, why);
  }

  private async failed(attempt: Attempt, error: HarkError): Promise<void> {
    const { job, owner } = attempt;
    const { draft } = job;
    // The second best is better than nothing.
    if (draft && CANNOT_LISTEN.includes(error.code))
      return this.done(attempt, { outcome: 'speech', ...draft, timings: {} });
    const { code, userMessage: message, params } = error;
    const fail = () => this.jobs.fail(job.id, { code, message, params }, this.clock.now(), owner);
    await this.settle(attempt, fail, ['failed']);
  }

  /**
   * Stores how the attempt ended and tells everybody.
   *
   * @returns the job; undefined when it was not this attempt that ended it
   */
  private async settle(
    attempt: Attempt,
    store: () => Promise<TranscriptionJob | undefined>,
    ends: readonly JobStatus[],
  ): Promise<TranscriptionJob | undefined> {
    const { attempts, losses } = attempt.job;
    // Every other attempt counts: as one more, or as a loss.
    const isOurs = (found: TranscriptionJob): boolean =>
      found.attempts === attempts && found.losses === losses && ends.includes(found.status);
    const ended = await this.stored(attempt, store, isOurs);
    if (ended) await this.changes.ended(ended);
    return ended;
  }

  /**
   * Stores what an attempt came to. A database that goes away in the middle of a commit may have stored it without saying
   * so; once more it holds for nothing then, and the job itself shows whose doing it is.
   */
  private async stored(
    { job, signal }: Attempt,
    store: () => Promise<TranscriptionJob | undefined>,
    isOurs: (found: TranscriptionJob) => boolean,
  ): Promise<TranscriptionJob | undefined> {
    let tries = 0;
    const storeOrFind = async (): Promise<TranscriptionJob | undefined> => {
      const again = ++tries > 1;
      const stored = await store();
      if (stored || !again) return stored;
      const found = await this.jobs.find(job.id);
      return found && isOurs(found) ? found : undefined;
    };
    return this.outages.outlast(storeOrFind, signal);
  }

  private tell(job: TranscriptionJob, err: HarkError, verdict: Verdict, away: boolean): void {
    const { id: jobId, platform, attempts: attempt } = job;
    const next = away ? 'Something that it needs is away; the note waits' : 'There will be another';
    if (verdict === 'failed') this.logger.error({ err, jobId, platform, attempt, msg: 'The job failed' });
    else this.logger.warn({ err, jobId, platform, attempt, msg: `The attempt failed. ${next}.` });
  }

  private async handBack({ job, owner, signal }: Attempt, error: HarkError, verdict: Verdict): Promise<void> {
    if (verdict === 'failed') return;
    const { code, userMessage: message, params } = error;
    const now = this.clock.now().getTime();
    const wished = Math.max(now + verdict.delayMs, error.retryAt?.getTime() ?? 0);
    const back = {
      availableAt: new Date(Math.min(wished, now + LONGEST_WAIT_MS)),
      error: { code, message, params },
      uncounted: verdict.uncounted,
      crashed: verdict.crashed,
    };
    const store = () => this.jobs.handBack(job.id, owner, back);
    if (await this.outages.outlast(store, signal)) this.changes.queued(job, code, true);
  }
}
