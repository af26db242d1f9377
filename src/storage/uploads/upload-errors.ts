import { HarkError } from '../../core/errors';
import { storageFull } from '../storage-error.mapper';

const FULL = ['ENOSPC', 'EDQUOT'];
/** What a folder says that is not there, not writable or on a drive that is away: an admin mends it, and it passes. */
const AWAY = ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EROFS', 'EIO', 'ESTALE', 'ETIMEDOUT', 'EHOSTDOWN'];

export function uploadGone(cause?: unknown): HarkError {
  return new HarkError('media_gone', 'The uploaded file is not there any more.', { cause });
}

/** Jobs wait for its return. */
export function uploadsDown(cause: unknown): HarkError {
  return new HarkError('service_unavailable', 'The storage of uploads does not answer at the moment.', {
    retryable: true,
    cause,
  });
}

/** A file system's error as one of the family; any other as it is. */
export function folderError(error: unknown): unknown {
  const { code = '', syscall } = Object(error) as NodeJS.ErrnoException;
  if (FULL.includes(code)) return storageFull(error);
  return AWAY.includes(code) && syscall !== undefined ? uploadsDown(error) : error;
}
