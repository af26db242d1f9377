import { Injectable } from '@nestjs/common';
import { AttemptOutcomeService } from './attempt-outcome.service';
import { Attempt, AttemptsService } from './attempts.service';
import { EnginePauseService } from './engine-pause.service';
import { HeardPiecesService } from './heard-pieces.service';
import { InformedReadingService } from './informed-reading.service';
import { workingFor } from './work-context';

/** Does one attempt at one job: claim, read, and what comes of it. */
@Injectable()
export class TranscriptionService {
  constructor(
    private readonly attempts: AttemptsService,
    private readonly pause: EnginePauseService,
    private readonly reading: InformedReadingService,
    private readonly pieces: HeardPiecesService,
    private readonly outcome: AttemptOutcomeService,
  ) {}

  /**
   * Never throws for a failed job: that is stored. Returns at once when the job is not to be had, for instance because
   * its id was handed out twice; and when nobody can listen: it stays queued.
   *
   * @param signal stops the attempt; the job is handed back
   */
  async run(jobId: string, signal: AbortSignal): Promise<void> {
    if (!(await this.pause.isOver(signal))) return;
    const attempt = await this.attempts.begin(jobId, signal);
    if (!attempt) return;
    const { platform } = attempt.job;
    await workingFor({ jobId, platform, stage: 'reading' }, () => this.attempt(attempt));
  }

  /** Takes no more up; what runs goes on. */
  close(): void {
    this.pause.end();
  }

  private async attempt(attempt: Attempt): Promise<void> {
    const listener = this.pieces.follow(attempt);
    try {
      this.outcome.refuseIfDangerous(attempt.job);
      const draft = await this.reading.draft(attempt.job, attempt.signal, listener.draft);
      if (draft) return await this.outcome.drafted(attempt, draft);
      const result = await this.reading.read(attempt.job, attempt.signal, listener);
      await this.outcome.done(attempt, result);
    } catch (error) {
      await this.outcome.stopped(attempt, error);
    } finally {
      listener.end();
      attempt.end();
    }
  }
}
