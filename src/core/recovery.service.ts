import { Injectable, Logger } from '@nestjs/common';
import { AnswerStore } from './answer-store';
import { Clock } from './clock';
import { JobStore } from './job-store';
import { Policy } from './policy';

/** Takes back what a process left behind that died. */
@Injectable()
export class RecoveryService {
  private readonly logger = new Logger(RecoveryService.name);

  constructor(
    private readonly jobs: JobStore,
    private readonly answers: AnswerStore,
    private readonly policy: Policy,
    private readonly clock: Clock,
  ) {}

  /**
   * At start, before any work. A sole process knows that whoever held a lease is gone; with several processes only the
   * lease's end tells, which the queue watches for.
   */
  async recover(): Promise<void> {
    if (!this.policy.soleProcess) return;
    const now = this.clock.now();
    const jobs = await this.jobs.releaseLeases('', now);
    const answers = await this.answers.releaseLeases('', now);
    if (jobs.length + answers.length > 0) {
      this.logger.warn({
        msg: 'Work was interrupted when hark last stopped; it is taken up again',
        jobIds: jobs,
        answerIds: answers,
      });
    }
  }
}
