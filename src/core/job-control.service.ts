import { Injectable } from '@nestjs/common';
import { Clock } from './clock';
import { ErasureService } from './erasure.service';
import { HarkError } from './errors';
import { TranscriptionJob } from './job';
import { JobChangesService } from './job-changes.service';
import { JobStore } from './job-store';

/** What people do to a job: look, cancel, retry, erase. */
@Injectable()
export class JobControlService {
  constructor(
    private readonly jobs: JobStore,
    private readonly changes: JobChangesService,
    private readonly erasure: ErasureService,
    private readonly clock: Clock,
  ) {}

  /** @throws HarkError `job_not_found` */
  async find(id: string): Promise<TranscriptionJob> {
    const job = await this.jobs.find(id);
    if (!job) throw new HarkError('job_not_found', 'There is no such job.');
    return job;
  }

  /** @throws HarkError `job_not_found`, or `job_state_conflict` when it has ended */
  async cancel(id: string): Promise<TranscriptionJob> {
    const job = await this.jobs.cancel(id, this.clock.now());
    if (!job) throw conflict(await this.find(id), 'cancelled');
    await this.changes.ended(job);
    return job;
  }

  /** Ends an unfinished job as failed: what it needs is gone. One that has ended stays as it is. */
  async giveUp(id: string, { code, userMessage: message, params }: HarkError): Promise<void> {
    const job = await this.jobs.fail(id, { code, message, params }, this.clock.now());
    if (job) await this.changes.ended(job);
  }

  /** @throws HarkError `job_not_found`, or `job_state_conflict` unless it has failed or was cancelled */
  async retry(id: string): Promise<TranscriptionJob> {
    const job = await this.jobs.retry(id, this.clock.now());
    if (!job) throw conflict(await this.find(id), 'retried');
    this.changes.queued(job, 'retry');
    return job;
  }

  /** Erases everything of the job; what was posted for it is removed, too. @throws HarkError `job_not_found` */
  async erase(id: string): Promise<void> {
    if (!(await this.erasure.erase(id))) await this.find(id);
  }
}

function conflict({ status }: TranscriptionJob, wish: string): HarkError {
  return new HarkError('job_state_conflict', `The job is ${status}; it cannot be ${wish} now.`, {
    params: { status },
  });
}
