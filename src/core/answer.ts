import { TranscriptionJob } from './job';
import { HeldUpBy } from './job-store';
import { Transcript } from './transcript';
import { ReplyAddress } from './voice-note';

/** One note of the message: its job and, once it is there, its transcript. */
export interface AnswerPart {
  job: TranscriptionJob;
  /** Whole for finished jobs, what has been heard so far for running ones. */
  transcript?: Transcript;
  /** Why a queued one is not being read yet, where it is known. */
  heldUpBy?: HeldUpBy;
}

/** The ids of what a platform has posted for an answer. Made and read by that platform only. */
export type Reply = Record<string, unknown>;

/** The jobs of one message and the reply that shows them. */
export interface Answer {
  id: string;
  address: ReplyAddress;
  /** From the first "listening" post on. */
  reply?: Reply;
  /** In the order of the message's attachments; of several jobs at one place the newest. */
  parts: AnswerPart[];
  createdAt: Date;
}
