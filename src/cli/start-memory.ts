import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** By then chat platforms are connected, as a rule, and nobody has sent much yet. */
const AFTER_MS = 5_000;

/**
 * Gives back what only the start took up, a quarter of the whole, once: V8 would keep it for as long as there is work.
 * It takes a few tenths of a second, in which nothing else is done.
 */
export function releaseStartMemory(): void {
  setTimeout(() => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as NodeJS.GCFunction;
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  }, AFTER_MS).unref();
}
