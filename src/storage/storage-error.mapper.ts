import { DriverException, LockWaitTimeoutException } from '@mikro-orm/sql';
import { HarkError } from '../core/errors';

/** SQLite's and PostgreSQL's codes for a full disk. */
const FULL = ['SQLITE_FULL', '53100'];

/** Somebody else writes; in a moment it may work. */
export function isBusy(error: unknown): boolean {
  return error instanceof LockWaitTimeoutException || codeOf(error).startsWith('SQLITE_BUSY');
}

/** A database's error as one of the family: its outage is nobody's fault and passes. */
export function storageError(error: unknown): unknown {
  const code = codeOf(error);
  if (FULL.includes(code)) return storageFull(error);
  // What goes wrong at the end of a transaction comes as the driver threw it.
  if (!(error instanceof DriverException) && !code.startsWith('SQLITE_')) return error;
  return databaseDown(error);
}

export function databaseDown(cause?: unknown): HarkError {
  return new HarkError('service_unavailable', 'The database does not answer at the moment.', {
    retryable: true,
    cause,
  });
}

export function storageFull(cause: unknown): HarkError {
  return new HarkError('storage_full', 'There is no space left to store anything.', {
    retryable: true,
    cause,
  });
}

/** By its shape: a native module's errors may be of another class than this file's `Error`. */
function codeOf(error: unknown): string {
  const code: unknown =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
