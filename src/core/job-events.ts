import { Reply } from './answer';
import { JobStatus } from './job';
import { Segment } from './transcript';
import { ReplyAddress } from './voice-note';

/** What happens to a job. Sent after it is stored. */
export type JobEvent =
  | {
      type: 'status';
      jobId: string;
      answerId?: string;
      status: JobStatus;
      /** There is a draft since this moment, to be shown. */
      drafted?: boolean;
      /** A note can be begun that goes before all that only improves drafts. */
      first?: boolean;
    }
  | { type: 'progress'; jobId: string; answerId?: string; progress: number }
  /** `from` is the number of segments before these, so that a listener can tell what it already has. */
  | { type: 'segments'; jobId: string; answerId?: string; from: number; segments: Segment[] }
  /**
   * `posted`: the job was the last one of an answer whose reply is still to be removed. `summaries`: where summaries of
   * its words stand, which are to be removed as well.
   */
  | { type: 'erased'; jobId: string; answerId?: string; posted?: PostedReply; summaries?: PostedReply[] };

/** A reply that outlived its answer's row. Without the interaction: only ids go over the wire. */
export interface PostedReply {
  address: Omit<ReplyAddress, 'interaction'>;
  reply: Reply;
}

export type JobEventListener = (event: JobEvent) => void;

/** Published once, heard in every process. Best effort: whoever must not miss anything reads the job table too. */
export abstract class JobEvents {
  /** Returns at once and never throws. */
  abstract publish(event: JobEvent): void;
  /** The returned function ends the subscription. A listener that throws does not disturb the others. */
  abstract subscribe(listener: JobEventListener): () => void;
}
