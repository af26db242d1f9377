import { TaskCancelledError, TimeoutStrategy, timeout } from 'cockatiel';

/** Whether the promise settles within so many milliseconds, one way or the other. Never rejects. */
export async function settledWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  try {
    await timeout(ms, TimeoutStrategy.Aggressive).execute(() => promise);
    return true;
  } catch (error) {
    return !(error instanceof TaskCancelledError);
  }
}
