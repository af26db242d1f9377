import { DriverException, LockWaitTimeoutException } from '@mikro-orm/sql';
import { HarkError } from '../core/errors';

/** SQLite's and PostgreSQL's codes for a full disk. */
const FULL = ['SQLITE_FULL', '53100'];

/** PostgreSQL: a deadlock, a conflict, a lock that was not to be had in time. All was rolled back. */
const AGAIN = ['40P01', '40001', '55P03'];

/** PostgreSQL's classes of codes that mean a mistake in a statement or in what it stores, not an outage. */
const MISTAKES = /^(22|23|42)/;
/** Of the class, but nothing that a statement could help: missing rights. */
const RIGHTS = '42501';

/** What node-postgres says of a connection without giving a code. */
const CONNECTION_LOST =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client (was closed|has encountered a connection error)|Cannot use a pool after)/;
/** Connection lost, shut down, starting up, too many connections. */
const LOST = /^(08...|57P0[123]|53300)$/;
const NETWORK_CODE = /^(E[A-Z]{3,}|EAI_AGAIN)$/;
const SQLSTATE = /^[0-9A-Z]{5}$/;

/** Somebody else writes; in a moment it may work. */
export function isBusy(error: unknown): boolean {
  const code = codeOf(error);
  return error instanceof LockWaitTimeoutException || AGAIN.includes(code) || code.startsWith('SQLITE_BUSY');
}

/**
 * The connection is gone, the server is being restarted, or has no connection left: in some seconds it may work. What
 * was not answered in time is not meant, for that has had its seconds.
 */
export function isLost(error: unknown): boolean {
  const code = codeOf(error);
  return LOST.test(code) || NETWORK_CODE.test(code) || /^(Connection|Client) /.test(messageOf(error));
}

/** A database's error as one of the family: its outage is nobody's fault and passes. */
export function storageError(error: unknown): unknown {
  const code = codeOf(error);
  if (FULL.includes(code)) return storageFull(error);
  return isOutage(error, code) ? databaseDown(error) : error;
}

/** What goes wrong at the ends of a transaction comes as the driver threw it. */
function isOutage(error: unknown, code: string): boolean {
  if (code.startsWith('SQLITE_') || NETWORK_CODE.test(code)) return true;
  if (SQLSTATE.test(code)) return code === RIGHTS || !MISTAKES.test(code);
  return error instanceof DriverException || CONNECTION_LOST.test(messageOf(error));
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
export function codeOf(error: unknown): string {
  const code: unknown =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
}
