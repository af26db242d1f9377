import { Lane } from './job-queue';
import { MediaLimits } from './media';

/** Limits on what one chat user, or all in one place, may ask for; 0 = none. */
export interface QuotaLimits {
  jobsPerHour: number;
  audioMinutesPerDay: number;
  activeJobs: number;
}

/** What summaries may cost, and who decides what. */
export interface SummaryPolicy {
  /** Transcripts with at least so many have a button. */
  leastCharacters: number;
  /** For each chat user; 0 = none. */
  tokensPerMonth: number;
  /** People may choose another summarizer than the first for themselves. */
  userChoice: boolean;
}

/** The admin's decisions that the core follows. Filled from the settings by the composition root. */
export abstract class Policy {
  abstract readonly media: MediaLimits;
  /** Of each chat user. */
  abstract readonly quota: QuotaLimits;
  /** Of each channel and server as a whole. */
  abstract readonly placeQuota: Readonly<Record<'channel' | 'server', QuotaLimits>>;
  /** Days for which audio is kept after its job has ended; 0 = it goes at once. */
  abstract readonly keepAudioDays: number;
  /** Days after which finished jobs are erased; 0 = never. */
  abstract readonly retentionDays: number;
  /** The same for entries of the audit log. */
  abstract readonly auditDays: number;
  /** Days for which what was heard in some audio serves for the same audio; 0 = not at all. */
  abstract readonly reuseDays: number;
  /** Work waits for as long as an outage takes: nobody sits in front of it. */
  abstract readonly outlastsOutages: boolean;
  /** Attempts before a retryable failure becomes final. */
  abstract readonly maxAttempts: number;
  /** Attempts that bring the engine down before the job fails. */
  abstract readonly maxCrashes: number;
  /** Attempts whose process goes away in the middle before the job fails: each may have been an admin's doing. */
  abstract readonly maxLosses: number;
  /** The same for posting an answer, which waits out an outage of the platform rather than the note. */
  abstract readonly maxDeliveryAttempts: number;
  /** How long a note is waited for in a slot that is meant for short ones, in milliseconds: its bytes or its sound. */
  abstract readonly soundMs: number;
  /** How long an attempt holds a job without renewing, in milliseconds. */
  abstract readonly leaseMs: number;
  /** No other process works on the same job table. */
  abstract readonly soleProcess: boolean;
  /** Unique for this process, and its mark: the beginning of its leases' owners. */
  abstract readonly processId: string;
  /** Hosts other than this one that audio may be sent to. */
  abstract readonly audioServices: readonly string[];
  /** A small model that answers first in chats; none when undefined. */
  abstract readonly draftModel?: string;
  abstract readonly summaries: SummaryPolicy;
  /** The lanes that this process works on, and how many ids at a time. */
  abstract readonly slots: Readonly<Partial<Record<Lane, number>>>;
  /** How long running work may go on at shutdown, in milliseconds. */
  abstract readonly shutdownMs: number;
  /** Live sessions that may be open in this process at the same time; 0 = none. */
  abstract readonly liveSessions: number;
  /** Whether this feature is on. */
  abstract feature(name: string): boolean;
}
