import { Injectable } from '@nestjs/common';
import { Answer, AnswerPart } from './answer';
import { readyRules } from './fair-share';
import { JobStore } from './job-store';
import { Policy } from './policy';

/** Knows why notes are not being read yet, so that whoever asked can be told. */
@Injectable()
export class WaitingService {
  constructor(
    private readonly jobs: JobStore,
    private readonly policy: Policy,
  ) {}

  /** The answer, with the reason at every part that waits for a limit. */
  async explain(answer: Answer): Promise<Answer> {
    const parts: AnswerPart[] = [];
    for (const part of answer.parts) {
      const { status, id } = part.job;
      const heldUpBy =
        status === 'queued' ? await this.jobs.heldUpBy(id, readyRules(this.policy)) : undefined;
      parts.push(heldUpBy ? { ...part, heldUpBy } : part);
    }
    return { ...answer, parts };
  }
}
