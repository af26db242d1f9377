import { Answer, Reply } from './answer';
import { JobError } from './job';
import { HeldLease, Lease } from './job-store';
import { PlatformName, ReplyAddress } from './voice-note';

/** An answer whose present state is being delivered. */
export interface ClaimedAnswer {
  answer: Answer;
  /** What the claim saw; a job that ends meanwhile raises it, and the answer stays due. */
  revision: number;
  /** Delivery attempts begun for this revision, this one too. */
  attempts: number;
}

/** Where answers stand, by the platform's ids; a channel's threads belong to it. */
export type AnswerPlace = { workspace: string } | { channel: string } | { thread: string };

/**
 * Answers and what of them is still to be delivered. An answer falls due when one of its jobs finishes; delivering it
 * is a job of its own.
 */
export abstract class AnswerStore {
  abstract find(id: string): Promise<Answer | undefined>;
  /** Answers to the message, also those asked for by a command on it. */
  abstract ofMessage(platform: PlatformName, channel: string, message: string): Promise<Answer[]>;
  /** Answers to messages with the file, by the platform's id of it. */
  abstract ofFile(platform: PlatformName, file: string): Promise<Answer[]>;
  /** Ids of all answers in the place, oldest first. */
  abstract inPlace(platform: PlatformName, place: AnswerPlace): Promise<string[]>;
  /**
   * Remembers what was posted. False when the answer is gone, a delivery holds it (edits stop then), or a later term
   * than `by.term` has begun.
   */
  abstract saveReply(id: string, reply: Reply, by?: { owner?: string; term?: number }): Promise<boolean>;
  /** The address when it changed: an interaction that was used up, or fell back to a channel. */
  abstract saveAddress(id: string, address: ReplyAddress): Promise<void>;

  /** Ids of answers that are due, longest waiting first, at most one of a channel. */
  abstract ready(limit: number, now: Date, except: readonly string[]): Promise<string[]>;
  /** How many answers are due, counted up to `most`. */
  abstract countWaiting(now: Date, most: number): Promise<number>;
  abstract nextDueAt(now: Date): Promise<Date | undefined>;
  /** @param lease with the term of whoever delivers: there is nothing to be had in an earlier one than the latest */
  abstract claim(id: string, lease: Lease & { term?: number }, now: Date): Promise<ClaimedAnswer | undefined>;
  abstract renewLease(id: string, lease: Lease): Promise<boolean>;
  /** Delivered: its `delivering` jobs of the claimed revision become done. The ids of those. */
  abstract finish(
    id: string,
    owner: string,
    delivered: { revision: number; reply: Reply; milliseconds: number },
    now: Date,
  ): Promise<string[]>;
  /** Another attempt later. `uncounted` takes the attempt back. */
  abstract handBack(
    id: string,
    owner: string,
    back: { availableAt: Date; uncounted?: boolean },
  ): Promise<boolean>;
  /**
   * It cannot be delivered: its `delivering` jobs become failed; the transcripts stay. The ids of those. With `again`
   * it stays due, to be shown as it is then.
   */
  abstract fail(
    id: string,
    owner: string,
    failed: { revision: number; error: JobError; again?: Date },
    now: Date,
  ): Promise<string[]>;
  /** What is being delivered, by whom and until when. */
  abstract leases(): Promise<HeldLease[]>;
  /** What is still held by exactly this lease is free at once: its holder is gone. The ids of those. */
  abstract takeBack(leases: readonly HeldLease[], now: Date): Promise<string[]>;
}
