import { SqlEntityManager } from '@mikro-orm/sql';
import { Draft, JobError, TranscriptionJob } from '../../core/job';
import {
  Admission,
  AttemptResult,
  HeldLease,
  HeldUpBy,
  JobStore,
  Lease,
  NewJob,
  Reader,
  ReadyRules,
  SavedPiece,
  UsageEntry,
} from '../../core/job-store';
import { UsageScope } from '../../core/usage-scope';
import { Segment, Transcript } from '../../core/transcript';
import { Database } from '../database';
import { JobEntity } from '../entities/job.entity';
import { doneJob, keptJob } from './earlier-jobs.query';
import { heldUpBy } from './held-up-by.query';
import { JobAttempts } from './job-attempts';
import { JobEndings } from './job-endings';
import { JobIntake } from './job-intake';
import { JobLeases } from './job-leases';
import { JobLocks } from './job-locks';
import { findJob } from './job-rows';
import { JobTransitions } from './job-transitions';
import { toJob } from './job.mapper';
import { QueueLines } from './queue-lines';
import { QuotaUse } from './quota-use';
import { heardTranscriptOf, segmentsOf, transcriptOf } from './spoken-words.query';
import { WaitingJobs } from './waiting-jobs';

/** The job table. Every method that writes is one transaction. */
export class JobRepository extends JobStore {
  private readonly attempts: JobAttempts;
  private readonly endings: JobEndings;
  private readonly intake: JobIntake;
  private readonly held: JobLeases;
  private readonly locks: JobLocks;
  private readonly quotaUse: QuotaUse;
  private readonly waiting: WaitingJobs;

  constructor(private readonly database: Database) {
    super();
    const lines = new QueueLines(database.dialect);
    const transitions = new JobTransitions(lines);
    this.locks = new JobLocks(database.dialect);
    this.quotaUse = new QuotaUse(database.dialect);
    this.attempts = new JobAttempts(transitions, this.quotaUse);
    this.endings = new JobEndings(transitions, lines, this.quotaUse);
    this.intake = new JobIntake(lines, this.locks, this.quotaUse);
    this.held = new JobLeases(transitions, this.locks);
    this.waiting = new WaitingJobs(database, lines, this.locks);
  }

  add(job: NewJob, admission?: Admission): Promise<{ job: TranscriptionJob; created: boolean }> {
    return this.database.write(async (em) => {
      const { row, created } = await this.intake.add(em, job, admission);
      return { job: toJob(row), created };
    });
  }

  find(id: string): Promise<TranscriptionJob | undefined> {
    return this.database.read(async (em) => shown(await findJob(em, { id })));
  }

  findDuplicate(dedupeKey: string): Promise<TranscriptionJob | undefined> {
    return this.database.read(async (em) => shown(await findJob(em, { dedupeKey })));
  }

  findDone(contentKey: string, reader: Reader): Promise<TranscriptionJob | undefined> {
    return this.database.read(async (em) => shown(await doneJob(em, contentKey, reader)));
  }

  findKept(key: string, reader: Reader, since: Date): Promise<TranscriptionJob | undefined> {
    return this.database.read(async (em) => shown(await keptJob(em, key, reader, since)));
  }

  ready(limit: number, now: Date, rules: ReadyRules, except: readonly string[]): Promise<string[]> {
    return this.waiting.ready(limit, now, rules, except);
  }

  heldUpBy(id: string, rules: ReadyRules): Promise<HeldUpBy | undefined> {
    return this.database.read((em) => heldUpBy(em, id, rules));
  }

  countWaiting(now: Date, most: number): Promise<number> {
    return this.waiting.count(now, most);
  }

  nextDueAt(now: Date): Promise<Date | undefined> {
    return this.database.read((em) => this.waiting.nextDueAt(em, now));
  }

  claim(id: string, lease: Lease, now: Date): Promise<TranscriptionJob | undefined> {
    return this.change(id, (em) => this.attempts.claim(em, id, lease, now));
  }

  renewLease(id: string, lease: Lease): Promise<boolean> {
    return this.database.write((em) => this.attempts.renewLease(em, id, lease));
  }

  savePiece(id: string, owner: string, piece: SavedPiece): Promise<boolean> {
    return this.database.write((em) => this.attempts.savePiece(em, id, owner, piece));
  }

  lengthen(id: string, owner: string): Promise<boolean> {
    return this.database.write((em) => this.attempts.lengthen(em, id, owner));
  }

  finish(id: string, owner: string, result: AttemptResult, now: Date): Promise<TranscriptionJob | undefined> {
    return this.change(id, (em) => this.attempts.finish(em, id, owner, result, now));
  }

  saveDraft(id: string, owner: string, draft: Draft, now: Date): Promise<TranscriptionJob | undefined> {
    return this.change(id, (em) => this.attempts.saveDraft(em, id, owner, draft, now));
  }

  handBack(
    id: string,
    owner: string,
    back: { availableAt: Date; error?: JobError; uncounted?: boolean; crashed?: boolean },
  ): Promise<boolean> {
    return this.database.write(async (em) => {
      await this.locks.hold(em, [id]);
      return this.attempts.handBack(em, id, owner, back);
    });
  }

  fail(id: string, error: JobError, now: Date, owner?: string): Promise<TranscriptionJob | undefined> {
    return this.change(id, (em) => this.endings.end(em, id, { status: 'failed', error, owner }, now));
  }

  cancel(id: string, now: Date): Promise<TranscriptionJob | undefined> {
    return this.change(id, (em) => this.endings.end(em, id, { status: 'cancelled' }, now));
  }

  retry(id: string): Promise<TranscriptionJob | undefined> {
    return this.change(id, (em) => this.endings.retry(em, id));
  }

  leases(): Promise<HeldLease[]> {
    return this.database.read((em) => this.held.all(em));
  }

  takeBack(leases: readonly HeldLease[], now: Date): Promise<string[]> {
    return this.database.write((em) => this.held.takeBack(em, leases, now));
  }

  segments(id: string): Promise<Segment[]> {
    return this.database.read((em) => segmentsOf(em, id));
  }

  transcript(id: string, as: 'now' | 'heard' = 'now'): Promise<Transcript | undefined> {
    return this.database.read((em) => (as === 'now' ? transcriptOf(em, id) : heardTranscriptOf(em, id)));
  }

  async erase(id: string): Promise<TranscriptionJob | undefined> {
    const job = await this.change(id, (em) => this.endings.erase(em, id));
    if (job) await this.database.purge();
    return job;
  }

  usage(scope: UsageScope, since: Date, except?: string): Promise<UsageEntry[]> {
    return this.database.read((em) => this.quotaUse.of(em, scope, since, except));
  }

  private change(
    id: string,
    work: (em: SqlEntityManager) => Promise<JobEntity | undefined>,
  ): Promise<TranscriptionJob | undefined> {
    return this.database.write(async (em) => {
      await this.locks.hold(em, [id]);
      return shown(await work(em));
    });
  }
}

function shown(row: JobEntity | null | undefined): TranscriptionJob | undefined {
  return row ? toJob(row) : undefined;
}
