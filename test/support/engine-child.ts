import { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

/** A server that listens and says nothing is asked anew. */
const ANSWER_MS = 5_000;

/**
 * Resolves once the engine at this address says that its model is loaded: it tells nobody when that is.
 *
 * @throws Error when it cannot be started, or ends before that, however it ends
 */
export async function untilLoaded(child: ChildProcess, url: string, lookEveryMs: number): Promise<void> {
  const over = new AbortController();
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`whisper-server ended with ${signal ?? code}`)));
  });
  const looking = async (): Promise<void> => {
    while (!over.signal.aborted && !(await isLoaded(url))) await pause(lookEveryMs);
  };
  try {
    await Promise.race([ended, looking()]);
  } finally {
    over.abort();
  }
}

async function isLoaded(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(ANSWER_MS) }).catch(
    () => undefined,
  );
  await answer?.body?.cancel();
  return answer?.status === 200;
}
