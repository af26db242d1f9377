import { Injectable } from '@nestjs/common';
import { isLengthy } from './fair-share';
import { TranscriptionJob } from './job';
import { Policy } from './policy';
import { Transcriber } from './transcriber';

/** An engine that is only now getting ready is too late for a draft. */
const PATIENCE_MS = 1_000;

/** The small model that answers first, where there is one. */
@Injectable()
export class DraftModelService {
  constructor(
    private readonly policy: Policy,
    private readonly transcriber: Transcriber,
  ) {}

  /**
   * Undefined where no draft is to be made of the job: it has one, nobody in a chat waits for it, or it grows anyway,
   * piece by piece.
   *
   * @throws the reason of `signal`
   */
  async for(job: TranscriptionJob, signal: AbortSignal): Promise<string | undefined> {
    const { draftModel: model } = this.policy;
    const { replyTo, draft, lengthy, options } = job;
    if (model === undefined || !replyTo || draft || lengthy || isLengthy(job.media.seconds)) return undefined;
    if (options.model !== undefined) return undefined;
    try {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
      await this.transcriber.ready({ ...options, model }, limit);
      return model;
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  }
}
