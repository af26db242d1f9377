import { JobStatus } from './job';
import { Segment } from './transcript';

/** What happens to a job. Sent after it is stored. */
export type JobEvent =
  | { type: 'status'; jobId: string; answerId?: string; status: JobStatus }
  | { type: 'progress'; jobId: string; answerId?: string; progress: number }
  /** `from` is the number of segments before these, so that a listener can tell what it already has. */
  | { type: 'segments'; jobId: string; answerId?: string; from: number; segments: Segment[] }
  | { type: 'erased'; jobId: string; answerId?: string };

export type JobEventListener = (event: JobEvent) => void;

/** Published once, heard in every process. Best effort: whoever must not miss anything reads the job table too. */
export abstract class JobEvents {
  /** Returns at once and never throws. */
  abstract publish(event: JobEvent): void;
  /** The returned function ends the subscription. A listener that throws does not disturb the others. */
  abstract subscribe(listener: JobEventListener): () => void;
}
