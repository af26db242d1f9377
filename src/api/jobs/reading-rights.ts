import { Caller } from '../../access/caller';
import { HarkError } from '../../core/errors';
import { TranscriptionJob } from '../../core/job';

/** A private transcript is for the person who asked, and for an administrator who has to; not for viewers. */
export function mayRead(job: TranscriptionJob, { role }: Caller): boolean {
  return !job.private || role === 'admin';
}

/** @throws HarkError `forbidden` */
export function assertMayRead(job: TranscriptionJob, caller: Caller): void {
  if (!mayRead(job, caller))
    throw new HarkError('forbidden', 'This transcript is private; the admin token is needed to read it.');
}
