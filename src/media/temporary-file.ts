import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { HarkError } from '../core/errors';

/** What every temporary file's name begins with, so that left-overs can be told from other people's files. */
export const TEMPORARY_PREFIX = 'media-';

/** Linux, `open(2)`: a file in a folder without ever having a name there. Node has no word for it. */
const O_TMPFILE = 0o20000000 | constants.O_DIRECTORY;
/** What is said where the system or the file system does not know that. */
const UNKNOWN = new Set(['EISDIR', 'ENOENT', 'EOPNOTSUPP', 'ENOTSUP', 'EINVAL']);

/**
 * A file that only this process can read and that has no name: whatever happens, nothing stays behind.
 *
 * @throws HarkError `storage_full`
 */
export async function openTemporaryFile(folder: string): Promise<FileHandle> {
  if (process.platform === 'linux') {
    try {
      return await open(folder, O_TMPFILE | constants.O_RDWR, 0o600);
    } catch (error) {
      if (!UNKNOWN.has((error as NodeJS.ErrnoException).code ?? '')) storageProblem(error);
    }
  }
  return openAndForget(folder);
}

/** The same with a name for a moment. Who is killed in that moment leaves it behind, until the next start. */
export async function openAndForget(folder: string): Promise<FileHandle> {
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
