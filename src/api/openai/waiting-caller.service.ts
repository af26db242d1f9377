import { Injectable, OnModuleDestroy } from '@nestjs/common';
import { HarkError } from '../../core/errors';
import { TranscriptionJob } from '../../core/job';
import { JobControlService } from '../../core/job-control.service';
import { JobStore } from '../../core/job-store';
import { Segment, Transcript } from '../../core/transcript';
import { JobFollowerService } from '../events/job-follower.service';

/** Nothing happened for a while. */
export const STILL_WAITING = 'still waiting';

/** Waits for a job's words for a program that expects them as the answer to its call. */
@Injectable()
export class WaitingCallerService implements OnModuleDestroy {
  private readonly closing = new AbortController();

  constructor(
    private readonly follower: JobFollowerService,
    private readonly control: JobControlService,
    private readonly jobs: JobStore,
  ) {}

  /** Open calls would keep the process from ending. */
  onModuleDestroy(): void {
    this.closing.abort();
  }

  /**
   * Every segment once, as it is heard, and the transcript at the end. When `gone` fires nobody wants the words any
   * more, and the job is cancelled.
   *
   * @throws HarkError why there is no transcript; `service_unavailable` when the process ends before the job does
   */
  async *hear(id: string, gone: AbortSignal): AsyncGenerator<Segment | typeof STILL_WAITING, Transcript> {
    let told = 0;
    const signal = AbortSignal.any([gone, this.closing.signal]);
    for await (const event of this.follower.follow(id, undefined, signal)) {
      if (event === 'heartbeat') yield STILL_WAITING;
      else if (event.type === 'ended') return await this.transcriptOf(event.job);
      else if (event.type === 'erased') throw new HarkError('cancelled', 'The job was erased.');
      // A job that begins anew tells its segments again.
      else if (event.type === 'segment' && event.number >= told) {
        told = event.number + 1;
        yield event.segment;
      }
    }
    if (gone.aborted) await this.control.cancel(id).catch(() => undefined);
    throw new HarkError('service_unavailable', 'hark is being restarted; ask again.', { retryable: true });
  }

  private async transcriptOf({ id, status, error }: TranscriptionJob): Promise<Transcript> {
    if (status === 'cancelled') throw new HarkError('cancelled', 'The job was cancelled.');
    if (error && status === 'failed') {
      throw new HarkError(error.code, error.message, { params: error.params });
    }
    const transcript = await this.jobs.transcript(id);
    if (!transcript) throw new HarkError('cancelled', 'The job was erased.');
    return transcript;
  }
}
