import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConstantBackoff, handleWhen, retry } from 'cockatiel';
import { lock } from 'proper-lockfile';
import { orAborted } from '../or-aborted';

/** A lock that was not renewed for so long belongs to a process that is gone. */
const STALE_MS = 5_000;
const ASK_AGAIN_MS = 200;

/**
 * Runs `work` while no other process (or other caller) works under the same path; waits for its turn. A lock whose
 * holder was killed falls free after five seconds.
 *
 * @param work its signal also fires when the lock is lost, for instance because the machine slept
 * @throws the abort reason when `signal` fires
 */
export async function withFileLock<T>(
  path: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  const lost = new AbortController();
  const waiting = retry(handleWhen(isHeld), { backoff: new ConstantBackoff(ASK_AGAIN_MS) }).execute(
    () =>
      lock(path, {
        realpath: false,
        stale: STALE_MS,
        update: STALE_MS / 5,
        onCompromised: (error) => lost.abort(error),
      }),
    signal,
  );
  const release = await orAborted(waiting, signal);
  try {
    return await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    // A lost lock cannot be released, and has been reported by the signal.
    await release().catch(() => undefined);
  }
}

function isHeld(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ELOCKED';
}
