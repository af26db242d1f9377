import { MediaLimits } from './media';

/** Limits on what one chat user may ask for; 0 = none. */
export interface QuotaLimits {
  jobsPerHour: number;
  audioMinutesPerDay: number;
  activeJobs: number;
}

/** The admin's decisions that the core follows. Filled from the settings by the composition root. */
export abstract class Policy {
  abstract readonly media: MediaLimits;
  abstract readonly quota: QuotaLimits;
  /** Days after which finished jobs are erased; 0 = never. */
  abstract readonly retentionDays: number;
  /** Attempts before a retryable failure becomes final. */
  abstract readonly maxAttempts: number;
  /** How long an attempt holds a job without renewing, in milliseconds. */
  abstract readonly leaseMs: number;
  /** Unique for this process: the beginning of its leases' owners. */
  abstract readonly processId: string;
  /** Whether this feature is on. */
  abstract feature(name: string): boolean;
}
