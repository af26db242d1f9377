import { Injectable } from '@nestjs/common';
import { AnswerActionsService } from './answer-actions.service';
import { AnswerPart } from './answer';
import { AnswerStore } from './answer-store';
import { TranscriptionJob } from './job';
import { Member } from './voice-note';

/** What comes of it when somebody asks for notes that are known already. */
@Injectable()
export class AskedAgainService {
  constructor(
    private readonly answers: AnswerStore,
    private readonly actions: AnswerActionsService,
  ) {}

  /**
   * Reads those again that could not be read before; the asker must be allowed to, as for any note.
   *
   * @param occurrence the same for one ask that arrives twice
   * @returns false when the answer is there, or on its way: there is nothing to do
   * @throws HarkError when they may not come in
   */
  async read(jobs: readonly TranscriptionJob[], asker: Member, occurrence: string): Promise<boolean> {
    const ids = new Set(jobs.map(({ answerId }) => answerId).filter((id) => id !== undefined));
    let begun = false;
    for (const id of ids) {
      const answer = await this.answers.find(id);
      const parts = answer?.parts.filter(hasStopped) ?? [];
      if (!answer || parts.length === 0) continue;
      await this.actions.tryAgain({ ...answer, parts }, asker, {}, occurrence);
      begun = true;
    }
    return begun;
  }
}

function hasStopped({ job: { status } }: AnswerPart): boolean {
  return status === 'failed' || status === 'cancelled';
}
