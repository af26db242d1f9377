import { once } from 'node:events';

/**
 * The promise's outcome, or the signal's reason when it fires first. What the promise stands for goes on.
 */
export async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  // Its failure is not lost on anybody when nobody waits any more.
  promise.catch(() => undefined);
  signal.throwIfAborted();
  const settled = new AbortController();
  const aborted = once(signal, 'abort', { signal: settled.signal }).then((): never => {
    throw signal.reason;
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    settled.abort();
  }
}
