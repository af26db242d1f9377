import { randomUUID } from 'node:crypto';
import { FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { HarkError } from '../core/errors';

/** What every temporary file's name begins with, so that left-overs can be told from other people's files. */
export const TEMPORARY_PREFIX = 'media-';

/**
 * A file that only this process can read and that has no name any more: whatever happens, nothing stays behind.
 *
 * @throws HarkError `storage_full`
 */
export async function openTemporaryFile(folder: string): Promise<FileHandle> {
  const path = join(folder, TEMPORARY_PREFIX + randomUUID());
  const handle = await open(path, 'wx+', 0o600).catch(storageProblem);
  await unlink(path);
  return handle;
}

/** Writes all of `bytes` at `position`. @throws HarkError `storage_full` */
export async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file
      .write(bytes, done, bytes.length - done, position + done)
      .catch(storageProblem);
    done += bytesWritten;
  }
}

function storageProblem(error: unknown): never {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
    throw new HarkError('storage_full', 'There is no room left for temporary files.', {
      retryable: true,
      cause: error,
    });
  }
  throw error;
}
