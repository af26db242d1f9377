import { Injectable } from '@nestjs/common';
import { AnswerStore } from './answer-store';
import { isLengthy } from './fair-share';
import { TranscriptionJob } from './job';
import { PlatformRegistry } from './platform.registry';
import { Policy } from './policy';
import { Transcriber } from './transcriber';

/** The small model that answers first, where there is one. */
@Injectable()
export class DraftModelService {
  constructor(
    private readonly policy: Policy,
    private readonly transcriber: Transcriber,
    private readonly answers: AnswerStore,
    private readonly platforms: PlatformRegistry,
  ) {}

  /**
   * Undefined where no draft is to be made of the job: it has one, nobody in a chat waits for it, it could not
   * be shown there or not be improved later, or the text grows anyway, piece by piece.
   *
   * @throws HarkError of the database, or of a platform that is switched off
   */
  async for(job: TranscriptionJob, signal: AbortSignal): Promise<string | undefined> {
    const { draftModel: model } = this.policy;
    const { replyTo, draft, lengthy, options } = job;
    if (model === undefined || !replyTo || draft || lengthy || isLengthy(job.media.seconds)) return undefined;
    if (options.model !== undefined) return undefined;
    const answer = job.answerId === undefined ? undefined : await this.answers.find(job.answerId);
    if (!answer || !this.platforms.get(replyTo.platform).canRevise(answer)) return undefined;
    const { state } = await this.transcriber.available(model);
    if (state === 'ready') return model;
    // It begins to get ready for the next note; this one does not wait for it.
    this.transcriber.ready({ ...options, model }, signal).catch(() => undefined);
    return undefined;
  }
}
