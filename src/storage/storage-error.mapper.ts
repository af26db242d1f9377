import { DriverException } from '@mikro-orm/sql';
import { HarkError } from '../core/errors';

/** SQLite's and PostgreSQL's codes for a full disk. */
const FULL = new Set(['SQLITE_FULL', '53100']);

/** A driver's error as one of the family: an outage of the database is nobody's fault and passes. */
export function storageError(error: unknown): unknown {
  if (!(error instanceof DriverException)) return error;
  if (error.code !== undefined && FULL.has(error.code)) return storageFull(error);
  return new HarkError('service_unavailable', 'The database does not answer at the moment.', {
    retryable: true,
    cause: error,
  });
}

export function storageFull(cause: unknown): HarkError {
  return new HarkError('storage_full', 'There is no space left to store anything.', {
    retryable: true,
    cause,
  });
}
