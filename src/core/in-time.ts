/**
 * What the work comes to, or the error where that takes longer: the work goes on then, and nobody waits for it.
 *
 * @param limit aborted when nobody waits any more
 */
export async function inTime<T>(work: Promise<T>, limit: AbortSignal, late: () => Error): Promise<T> {
  let tooLate: () => void = () => undefined;
  const over = new Promise<never>((_, reject) => {
    tooLate = () => reject(late());
    limit.addEventListener('abort', tooLate, { once: true });
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    limit.removeEventListener('abort', tooLate);
  }
}
