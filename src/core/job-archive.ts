import { JobStatus, TranscriptionJob } from './job';
import { PlatformName } from './voice-note';

export interface JobQuery {
  status?: JobStatus[];
  platform?: PlatformName;
  /** Id of the requester or of the author. */
  user?: string;
  /** Words that the transcript must hold, all of them; a hostile string is only words. */
  text?: string;
  /** `text` finds words of confidential transcripts, too; not unless true. */
  includePrivate?: boolean;
  since?: Date;
  until?: Date;
  /** 1 to 200. */
  limit: number;
  /** From an earlier page's `nextCursor`. */
  cursor?: string;
}

/** What of a workspace somebody may see now. */
export interface Reach {
  platform: PlatformName;
  /** Empty for what is said outside of any workspace. */
  workspace: string;
  /** Who looks. What is confidential is found only by whoever asked for it. */
  user: string;
  /** Channels that they can read; nothing is found in others, but for direct messages of their own. */
  channels: readonly string[];
  /** Threads within these that they can read; all when missing. */
  threads?: readonly string[];
}

export interface TranscriptSearch {
  /** Words that the transcript must hold, all of them; a hostile string is only words. */
  text: string;
  reach: Reach;
  /** 1 to 200. */
  limit: number;
  /** The last job of the page before. */
  before?: string;
}

/** Newest first. */
export interface JobPage {
  jobs: TranscriptionJob[];
  nextCursor?: string;
}

export interface JobStats {
  byStatus: Record<JobStatus, number>;
  byPlatform: Record<string, { jobs: number; audioSeconds: number }>;
  /** Seconds of audio in all done jobs. */
  audioSeconds: number;
  /** Engine time by audio time over the last done jobs; undefined before the first. */
  realTimeFactor?: number;
}

/** What ended within a stretch of time. */
export interface EndedSum {
  /** Its beginning. */
  at: Date;
  done: number;
  failed: number;
  cancelled: number;
  /** Of done jobs. */
  audioSeconds: number;
  /** Mean time before the first try; undefined where none is known. */
  waitMs?: number;
  /** Engine time by audio time of done jobs; undefined where the engine heard nothing. */
  realTimeFactor?: number;
}

/** Looking back over jobs: lists, search and sums. */
export abstract class JobArchive {
  /** By the clock of the database's server. Undefined where the database is a file of this machine. */
  abstract serverTime(): Promise<Date | undefined>;
  /** @throws HarkError `field_invalid` for a cursor that was not made here. */
  abstract list(query: JobQuery): Promise<JobPage>;
  /**
   * Delivered transcripts that somebody may see, newest first: one of each note, and none of people who have opted out
   * since, unless it is themselves who look. `nextCursor` is for `before`.
   */
  abstract search(search: TranscriptSearch): Promise<JobPage>;
  /** Ids of threads in which there are transcripts, those with the newest first. */
  abstract threadsWithin(reach: Omit<Reach, 'threads'>, limit: number): Promise<string[]>;
  abstract stats(): Promise<JobStats>;
  /** What ended since then, in steps of the same length; steps in which nothing did are left out. Oldest first. */
  abstract series(since: Date, stepMs: number): Promise<EndedSum[]>;
  /**
   * Finished jobs older than this, oldest first, for retention; then unfinished ones older than this of which there is
   * a draft.
   */
  abstract finishedBefore(time: Date, limit: number): Promise<string[]>;
  /**
   * Forgets what was asked for before then, as far as quotas count it, and that any of it was erased; tokens are counted
   * for a year longer.
   */
  abstract forgetUsage(before: Date): Promise<void>;
  /** The same of one user, whenever it was. */
  abstract forgetUsageOf(platform: PlatformName, userId: string): Promise<void>;
  /** Jobs that finished before then and whose audio is still kept. */
  abstract withAudioBefore(time: Date, limit: number): Promise<{ jobId: string; audioId: string }[]>;
  abstract forgetAudio(jobId: string): Promise<void>;
  /** Whether an unfinished job is still going to read this upload, or it is kept for a finished one. */
  abstract needsUpload(uploadId: string): Promise<boolean>;
  /** Ids of all jobs of the answer, also of those whose place a newer one has taken. */
  abstract ofAnswer(answerId: string): Promise<string[]>;
  /** Ids of all jobs that the user spoke or asked for. */
  abstract ofUser(platform: PlatformName, userId: string): Promise<string[]>;
}
