import { Injectable } from '@nestjs/common';
import { AttemptOutcomeService } from './attempt-outcome.service';
import { Attempt, AttemptsService } from './attempts.service';
import { ListeningService } from './listening.service';
import { MediaOpenerService } from './media-opener.service';
import { ServedAgainService } from './served-again.service';

/** Does one attempt at one job: claim, open, listen, and what comes of it. */
@Injectable()
export class TranscriptionService {
  constructor(
    private readonly attempts: AttemptsService,
    private readonly servedAgain: ServedAgainService,
    private readonly opener: MediaOpenerService,
    private readonly listening: ListeningService,
    private readonly outcome: AttemptOutcomeService,
  ) {}

  /**
   * Never throws for a failed job: that is stored. Returns at once when the job is not to be had, for instance because
   * its id was handed out twice.
   *
   * @param signal stops the attempt; the job is handed back
   */
  async run(jobId: string, signal: AbortSignal): Promise<void> {
    const attempt = await this.attempts.begin(jobId, signal);
    if (!attempt) return;
    try {
      const result = (await this.servedAgain.find(attempt.job)) ?? (await this.listen(attempt));
      await this.outcome.done(attempt, result);
    } catch (error) {
      await this.outcome.stopped(attempt, error);
    } finally {
      attempt.end();
    }
  }

  private async listen(attempt: Attempt): ReturnType<ListeningService['listen']> {
    const { job, signal } = attempt;
    const input = await this.opener.open(job, signal);
    try {
      return await this.listening.listen(input, job.options, signal, (piece) =>
        this.attempts.savePiece(attempt, piece),
      );
    } finally {
      input.stream.destroy();
    }
  }
}
