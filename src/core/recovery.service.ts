import { Injectable, Logger } from '@nestjs/common';
import { AnswerStore } from './answer-store';
import { Clock } from './clock';
import { JobStore } from './job-store';
import { OutageService } from './outage.service';
import { Policy } from './policy';

/** Takes back what a process left behind that is gone. */
@Injectable()
export class RecoveryService {
  private readonly logger = new Logger(RecoveryService.name);

  constructor(
    private readonly jobs: JobStore,
    private readonly answers: AnswerStore,
    private readonly policy: Policy,
    private readonly clock: Clock,
    private readonly outages: OutageService,
  ) {}

  /**
   * For a new leader, before it begins. Nobody else delivers, and a sole process knows that nobody else transcribes:
   * whoever held a lease then is gone. Whose workers are elsewhere leaves their leases to the queue, which watches them.
   *
   * @param signal ends the waiting for a database that does not answer
   */
  recover(signal: AbortSignal): Promise<void> {
    return this.outages.outlast(() => this.takeBack(), signal);
  }

  private async takeBack(): Promise<void> {
    const now = this.clock.now();
    const answerIds = await this.answers.takeBack(await this.answers.leases(), now);
    const jobIds = this.policy.soleProcess ? await this.jobs.takeBack(await this.jobs.leases(), now) : [];
    if (jobIds.length + answerIds.length === 0) return;
    this.logger.warn({ msg: 'Work of a process that is gone is taken up again', jobIds, answerIds });
  }
}
