import { JobStatus, TranscriptionJob, isFinished } from '../../core/job';
import { JobEvent } from '../../core/job-events';
import { Segment } from '../../core/transcript';
import { EventPosition } from './event-position';
import { StoryContent, StoryEvent } from './story-event';

/** One listener's story of a job: knows what has been told, and tells what is new. Nothing twice, nothing left out. */
export class JobStory {
  private position: EventPosition;
  private status?: JobStatus;
  private progress?: number;

  /** @param heard what the listener has from an earlier connection */
  constructor(heard?: EventPosition) {
    const usable = heard !== undefined && !heard.ended;
    this.position = usable ? heard : { attempt: 0, segments: 0, ended: false };
  }

  get ended(): boolean {
    return this.position.ended;
  }

  /** What the job table has that has not been told. */
  *catchUp(job: TranscriptionJob | undefined, segments: readonly Segment[]): Generator<StoryEvent> {
    if (!job) {
      yield this.last({ type: 'erased' });
      return;
    }
    const { status, attempts, progress } = job;
    const anew = attempts !== this.position.attempt;
    // Every attempt begins at the beginning.
    if (anew) this.position = { attempt: attempts, segments: 0, ended: false };
    const ended = isFinished(status);
    if (!ended && (anew || status !== this.status)) yield this.tell({ type: 'status', status, attempts });
    this.status = status;
    yield* this.from(segments, 0);
    if (!ended) yield* this.progressTo(progress);
    else yield this.last({ type: 'ended', job });
  }

  /** Tells a piece of news by itself. False when it takes a look into the job table to know what is new about it. */
  *apply(event: JobEvent): Generator<StoryEvent, boolean> {
    // The news of the attempt's beginning got lost, and this is not yet known to belong to it.
    if (this.status !== 'running') return false;
    switch (event.type) {
      case 'segments':
        if (event.from > this.position.segments) return false;
        yield* this.from(event.segments, event.from);
        return true;
      case 'progress':
        yield* this.progressTo(event.progress);
        return true;
      case 'status':
      case 'erased':
        return false;
    }
  }

  /** @param first number of the first of the segments */
  private *from(segments: readonly Segment[], first: number): Generator<StoryEvent> {
    for (const [index, segment] of segments.entries()) {
      const number = first + index;
      if (number < this.position.segments) continue;
      this.position = { ...this.position, segments: number + 1 };
      yield this.tell({ type: 'segment', number, segment });
    }
  }

  private *progressTo(progress: number): Generator<StoryEvent> {
    if (progress === this.progress) return;
    this.progress = progress;
    yield this.tell({ type: 'progress', progress });
  }

  private last(content: StoryContent): StoryEvent {
    this.position = { ...this.position, ended: true };
    return this.tell(content);
  }

  private tell(content: StoryContent): StoryEvent {
    return { ...content, position: this.position };
  }
}
