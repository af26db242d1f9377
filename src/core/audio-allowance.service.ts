import { Injectable } from '@nestjs/common';
import { Clock } from './clock';
import { TranscriptionJob } from './job';
import { JobStore } from './job-store';
import { QUOTA_WINDOW_MS, checkQuota } from './quota';

/**
 * Holds notes to the limits on audio once it is known how long they are. At intake that is what somebody says, and of
 * links nobody says anything.
 */
@Injectable()
export class AudioAllowanceService {
  constructor(
    private readonly jobs: JobStore,
    private readonly clock: Clock,
  ) {}

  /**
   * @param seconds that the note lasts at least
   * @throws HarkError as at intake, when its person or place has no room for so much
   */
  async check(
    { id, audioRules = [] }: Pick<TranscriptionJob, 'id' | 'audioRules'>,
    seconds: number,
  ): Promise<void> {
    const now = this.clock.now();
    for (const rule of audioRules) {
      const since = new Date(now.getTime() - QUOTA_WINDOW_MS[rule.name]);
      checkQuota(rule, await this.jobs.usage(rule.scope, since, id), seconds, now);
    }
  }
}
