import { JobStatus, TranscriptionJob } from '../../core/job';
import { Segment } from '../../core/transcript';
import { EventPosition } from './event-position';

/** What a listener is told of a job, and how far it is then. */
export type StoryEvent = StoryContent & { position: EventPosition };

export type StoryContent =
  | { type: 'status'; status: JobStatus; attempts: number }
  | { type: 'progress'; progress: number }
  /** `number` counts the segments of the present attempt, from 0. */
  | { type: 'segment'; number: number; segment: Segment }
  /** The last one of a job that is done, failed or cancelled. */
  | { type: 'ended'; job: TranscriptionJob }
  /** The last one of a job that is no more. */
  | { type: 'erased' };
