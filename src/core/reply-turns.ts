import { Injectable } from '@nestjs/common';

/** Whoever posts to or edits a reply takes turns, one after the other for each answer. */
@Injectable()
export class ReplyTurns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Runs `work` after everything that took its turn at this answer before. */
  async take<T>(answerId: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(answerId) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.last.set(answerId, turn);
    try {
      return await turn;
    } finally {
      if (this.last.get(answerId) === turn) this.last.delete(answerId);
    }
  }
}
