import { Injectable } from '@nestjs/common';
import { Answer } from './answer';
import { AnswerStore } from './answer-store';

/** Finds the answer that a button or menu belongs to. */
@Injectable()
export class AnswerLookupService {
  constructor(private readonly answers: AnswerStore) {}

  /** Undefined when it was erased, or is not this user's to read. */
  async find(answerId: string | undefined, userId: string): Promise<Answer | undefined> {
    const answer = answerId === undefined ? undefined : await this.answers.find(answerId);
    const hidden = answer?.parts.some(({ job }) => job.private && job.requester.id !== userId);
    return hidden ? undefined : answer;
  }
}
