import { Draft, JobError, KeptAudio, MediaInfo, Outcome, Timings, TranscriptionJob } from './job';
import { QuotaRule } from './quota-rules';
import { Segment, Transcript } from './transcript';
import { UsageScope } from './usage-scope';
import { PlatformName, VoiceNote } from './voice-note';

/** A job to be stored. */
export interface NewJob {
  note: VoiceNote;
  /** Unique among all jobs; absent when the note is never the same as another one. */
  dedupeKey?: string;
  /** The same for asks that would give the same text: which audio and which options. */
  contentKey?: string;
  /** Jobs with the same key run one after the other, in the order of their creation (one author in one channel). */
  sequenceKey?: string;
  priority: number;
  /** How many of its requester may be running when it begins, where it is not the usual number; 0 = any. */
  activeLimit?: number;
  /** The limits on audio that it came in by, to be kept to when its length is known. */
  audioRules?: readonly QuotaRule[];
  createdAt: Date;
}

/** So many may be read at the same time, and are or come before. */
export interface HeldUpBy {
  of: 'person' | 'place';
  limit: number;
}

/** Decides whether a job may be stored, by what has been used already. */
export interface Admission {
  /** Whose use it looks at. */
  scopes: readonly UsageScope[];
  check(usage: (scope: UsageScope, since: Date) => Promise<UsageEntry[]>): Promise<void>;
}

/** The claim of one attempt. `owner` is unique for each attempt, so that a lost attempt cannot write any more. */
export interface Lease {
  owner: string;
  until: Date;
}

/** By which a result is found again, and where. */
interface KeptAs {
  /** The same for results that would be the same: audio, options, and who listened. */
  key: string;
  /** Workspace in which it may be served to anybody; elsewhere only its requester is served. */
  place?: string;
}

/** To whom a stored result would be shown. */
export interface Reader {
  platform: PlatformName;
  requesterId: string;
  workspace?: string;
}

/** A lease as it stands in the table. */
export interface HeldLease extends Lease {
  /** Of the job or the answer. */
  id: string;
  /** How often the job was lost before. */
  losses?: number;
}

/** What one attempt found. */
export interface AttemptResult {
  outcome: Outcome;
  transcript: Transcript;
  media: MediaInfo;
  timings: Timings;
  /** Missing for what is not to be served again. */
  keptAs?: KeptAs;
  /** The audio that is kept with the job. */
  audio?: KeptAudio;
  /** The words are those of an earlier job. */
  reused?: boolean;
  /** The same for what was read with the same terms in mind. */
  glossaryKey?: string;
}

/** One thing that was asked for. */
export interface UsageEntry {
  createdAt: Date;
  /** As decoded; while it is being read or waits, at least as announced. 0 when neither is known. */
  seconds: number;
}

/** A piece that was heard. */
export interface SavedPiece {
  index: number;
  segments: Segment[];
  /** Of the whole job, 0 to 1. */
  progress: number;
  media: MediaInfo;
  /** How long the whole is said to be, as far as that can still be true. */
  claimedSeconds?: number;
}

/** How many jobs may run at the same time; the others wait. Of those that begin with `active` 0 = no limit. */
export interface ReadyRules {
  /** Of one chat user, unless the job has a limit of its own. */
  activeJobsPerUser: number;
  /** Of one server or channel, unless it has been given a limit of its own. */
  activeJobsPerServer: number;
  activeJobsPerChannel: number;
  /** Of all that are longer than a short note. */
  lengthyJobs: number;
  /** Of one requester, be it a chat user or a caller of the API, whatever limit they have. */
  jobsOfOne: number;
  /** Of those that are longer than a short note. */
  lengthyJobsOfOne: number;
}

/**
 * The job table: the truth about every job. Every change is one conditional update that holds only for the transitions
 * of `JOB_TRANSITIONS`, and answers false or undefined where it did not hold.
 */
export abstract class JobStore {
  /**
   * Stores a job, or gives the one that already has the key. Also makes or joins the answer of its message.
   *
   * @param admit is asked before a new job is stored, and throws when it may not be; until it is stored no other job
   *   comes in that counts towards one of the scopes
   * @throws HarkError `note_erased` for a note that nobody asked for, was here before and has been erased
   */
  abstract add(job: NewJob, admit?: Admission): Promise<{ job: TranscriptionJob; created: boolean }>;
  abstract find(id: string): Promise<TranscriptionJob | undefined>;
  abstract findDuplicate(dedupeKey: string): Promise<TranscriptionJob | undefined>;
  /**
   * The latest done job with this content that the reader may see: their own, or one of their workspace that is not
   * confidential.
   */
  abstract findDone(contentKey: string, reader: Reader): Promise<TranscriptionJob | undefined>;
  /** The latest job that was kept under this key, begun since then: the reader's own, or one kept for their workspace. */
  abstract findKept(key: string, reader: Reader, since: Date): Promise<TranscriptionJob | undefined>;

  /**
   * Ids of queued jobs that may start now, in fair order: by priority, then by turns between users, then by who is due
   * first (`dueAt`: the shortest and least recently served); no job whose user, server, channel or class of length has
   * as many running as the rules allow, none with an unfinished earlier one of its sequence.
   *
   * @param except ids that were handed out already; they count as turns taken
   */
  abstract ready(limit: number, now: Date, rules: ReadyRules, except: readonly string[]): Promise<string[]>;
  /** The limit for which a queued job waits: its user's other jobs, or those of its place, come first. */
  abstract heldUpBy(id: string, rules: ReadyRules): Promise<HeldUpBy | undefined>;
  /** How many queued jobs are due, limits aside. Counting stops at `most`. */
  abstract countWaiting(now: Date, most: number): Promise<number>;
  /** When the next queued job falls due that waits for another attempt. */
  abstract nextDueAt(now: Date): Promise<Date | undefined>;

  /** queued → running, attempts + 1, one statement. Parts of earlier attempts are forgotten. */
  abstract claim(id: string, lease: Lease, now: Date): Promise<TranscriptionJob | undefined>;
  /** False when the lease is lost; whoever hears that stops. */
  abstract renewLease(id: string, lease: Lease): Promise<boolean>;
  /** One finished piece: its segments, and how far the job is. One write. What is lengthy once remains so. */
  abstract savePiece(id: string, owner: string, piece: SavedPiece): Promise<boolean>;
  /** The job is lengthy, whatever was said of it. False when the lease is lost. */
  abstract lengthen(id: string, owner: string): Promise<boolean>;
  /** running → delivering (with an answer, which falls due) or done. The transcript is stored in the same write. */
  abstract finish(
    id: string,
    owner: string,
    result: AttemptResult,
    now: Date,
  ): Promise<TranscriptionJob | undefined>;
  /**
   * running → queued, with a draft that is stored for as long as the job is unfinished, and behind all jobs that have
   * none; the attempt does not count. From then on those behind it in its sequence need not wait for it.
   */
  abstract saveDraft(
    id: string,
    owner: string,
    draft: Draft,
    now: Date,
  ): Promise<TranscriptionJob | undefined>;
  /**
   * running → queued. `uncounted` takes the attempt back: the work was interrupted, it did not fail. `crashed` counts
   * it among those that have brought the engine down.
   */
  abstract handBack(
    id: string,
    owner: string,
    back: { availableAt: Date; error?: JobError; uncounted?: boolean; crashed?: boolean },
  ): Promise<boolean>;
  /** unfinished → failed; with `owner`, only while that attempt holds it. An answer falls due. */
  abstract fail(
    id: string,
    error: JobError,
    now: Date,
    owner?: string,
  ): Promise<TranscriptionJob | undefined>;
  /** unfinished → cancelled. */
  abstract cancel(id: string, now: Date): Promise<TranscriptionJob | undefined>;
  /** failed or cancelled → queued, attempts, crashes and losses from 0. */
  abstract retry(id: string, now: Date): Promise<TranscriptionJob | undefined>;
  /** What is running, by whom and until when. */
  abstract leases(): Promise<HeldLease[]>;
  /**
   * running and still held by exactly this lease → queued: its holder is gone. Counted as a loss; after the first one
   * the job waits a while, so that what went down with it does not go down with it again. The ids of those.
   */
  abstract takeBack(leases: readonly HeldLease[], now: Date): Promise<string[]>;

  /** The job's segments so far, or all of them once it is done. */
  abstract segments(id: string): Promise<Segment[]>;
  /** @param as `heard`: as the engine gave it, whatever was corrected since */
  abstract transcript(id: string, as?: 'now' | 'heard'): Promise<Transcript | undefined>;
  /**
   * Deletes the job, its transcript and its place in the search index. Its answer goes with the last of its jobs, else
   * it falls due, to be shown without the erased part.
   */
  abstract erase(id: string): Promise<TranscriptionJob | undefined>;
  /**
   * What was asked for in chats since then, oldest first, though it may have been erased meanwhile. What ended before
   * any audio was read does not count; what was stopped counts as far as it was read.
   *
   * @param except this job does not count
   */
  abstract usage(scope: UsageScope, since: Date, except?: string): Promise<UsageEntry[]>;
}
