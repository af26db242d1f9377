import { Injectable } from '@nestjs/common';
import { Clock } from './clock';
import { correctedSegments } from './correction-alignment';
import { CorrectionStore } from './correction-store';
import { HarkError } from './errors';
import { TranscriptionJob } from './job';
import { JobEvents } from './job-events';
import { JobQueue } from './job-queue';
import { CorrectedBy, Segment, Transcript } from './transcript';

/** A part of a transcript's segments, from one to just before another, and the text it is to have. */
export interface Rewriting {
  from: number;
  to: number;
  text: string;
}

/** Puts people's texts in the place of the engine's, wherever they are shown. Who may do so the caller has looked at. */
@Injectable()
export class CorrectionService {
  constructor(
    private readonly store: CorrectionStore,
    private readonly events: JobEvents,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  /**
   * @param transcript as whoever corrects it has seen it
   * @returns undefined when the text is the same as before
   * @throws HarkError `fix_outdated` when it has changed meanwhile, `field_invalid` when nothing would be left of it
   */
  async correct(
    jobId: string,
    { text: basedOn, segments }: Transcript,
    rewritings: readonly Rewriting[],
    by: CorrectedBy,
  ): Promise<TranscriptionJob | undefined> {
    const written = rewritten(segments, rewritings);
    if (written.length === segments.length && written.every((segment, index) => segment === segments[index]))
      return undefined;
    if (written.length === 0)
      throw new HarkError('field_invalid', 'A corrected text needs at least one word.');
    const job = await this.store.correct(jobId, { segments: written, by, basedOn }, this.clock.now());
    if (!job) throw outdated();
    return this.told(job);
  }

  /** Back to what was heard. Undefined when it is that already. */
  async restore(jobId: string): Promise<TranscriptionJob | undefined> {
    const job = await this.store.restore(jobId, this.clock.now());
    return job && this.told(job);
  }

  /** Whoever shows the job learns of it; the posted answer is due. */
  private told(job: TranscriptionJob): TranscriptionJob {
    const { id: jobId, answerId, status } = job;
    this.events.publish({ type: 'status', jobId, answerId, status });
    if (answerId !== undefined) this.queue.wake('delivery');
    return job;
  }
}

export function outdated(): HarkError {
  return new HarkError('fix_outdated', 'The text has changed since it was opened. Open it once more.');
}

function rewritten(segments: readonly Segment[], rewritings: readonly Rewriting[]): Segment[] {
  const written: Segment[] = [];
  let next = 0;
  for (const { from, to, text } of rewritings) {
    written.push(...segments.slice(next, from), ...correctedSegments(segments.slice(from, to), text));
    next = to;
  }
  return [...written, ...segments.slice(next)];
}
