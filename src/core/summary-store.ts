import { PostedReply } from './job-events';
import { Summary, TokenUse } from './summary';
import { PlatformName } from './voice-note';

/** One user whose tokens are counted. */
export interface TokenUser {
  platform: PlatformName;
  user: string;
}

/** A summary that is going to be written. */
export interface SummaryRun {
  jobId: string;
  driver: string;
  digest: string;
  /** Who writes it, and until when nobody else will. */
  owner: string;
  until: Date;
  /** Whose tokens, how many are held ready for it, and how many there are in the month; 0: no bound. */
  user: TokenUser;
  month: string;
  tokens: number;
  bound: number;
}

/** What became of a wish to begin: somebody else is at it, or its tokens do not suffice, or its job is gone. */
export type SummaryStart = 'begun' | 'busy' | 'no-tokens' | 'gone';

/** Tokens of one month. */
export interface MonthlyUse extends TokenUse {
  month: string;
  summaries: number;
}

/** Months of use that are kept, the present one too. */
export const MONTHS_KEPT = 13;

/** Summaries, where they were posted, and what they cost. A summary goes with its job. */
export abstract class SummaryStore {
  /** Those that are written, newest first. */
  abstract of(jobId: string): Promise<Summary[]>;
  /** One statement of all processes: of two that begin the same at once, one does. */
  abstract begin(run: SummaryRun, now: Date): Promise<SummaryStart>;
  /** False when the job is gone, or another one has taken over. */
  abstract renew(owner: string, jobId: string, driver: string, until: Date): Promise<boolean>;
  /** False when its job is gone, or another one has taken over: it is not stored then. */
  abstract finish(owner: string, summary: Summary): Promise<boolean>;
  /** It came to nothing; what was written before stays. */
  abstract abandon(owner: string, jobId: string, driver: string): Promise<void>;
  /** Counts what a summary has cost, whether or not there is one in the end. */
  abstract charge(user: TokenUser, month: string, use: TokenUse): Promise<void>;
  /** By month, oldest first. */
  abstract usage(user: TokenUser): Promise<MonthlyUse[]>;
  /** Of everybody. */
  abstract sum(month: string): Promise<MonthlyUse>;
  /** Remembers what was posted, to be taken back with the job. False when that is gone. */
  abstract addPost(jobId: string, posted: PostedReply): Promise<boolean>;
  abstract posts(jobId: string): Promise<PostedReply[]>;
}
