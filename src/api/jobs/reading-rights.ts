import { Caller } from '../../access/caller';
import { HarkError } from '../../core/errors';
import { TranscriptionJob } from '../../core/job';

/**
 * What was asked for in private or in a direct message is for those who were there, and for an administrator who has
 * to; not for viewers.
 */
export function mayRead(job: TranscriptionJob, { role }: Caller): boolean {
  return !job.confidential || role === 'admin';
}

/** @throws HarkError `forbidden` */
export function assertMayRead(job: TranscriptionJob, caller: Caller): void {
  if (!mayRead(job, caller))
    throw new HarkError('forbidden', 'This transcript is private; the admin token is needed to read it.');
}

/** Somebody has corrected what was heard, and may have had reasons. @throws HarkError `forbidden` */
export function assertMayReadHeard({ corrected }: TranscriptionJob, { role }: Caller): void {
  if (corrected && role !== 'admin')
    throw new HarkError('forbidden', 'The admin token is needed to read what was heard before a correction.');
}
