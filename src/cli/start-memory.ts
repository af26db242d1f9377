import { setFlagsFromString } from 'node:v8';
import { collect } from './collection';

/** By then chat platforms are connected, as a rule, and nobody has sent much yet. */
const AFTER_MS = 5_000;

/** In percent of what is in use after a collection. */
const MAY_GROW = 40;

/**
 * Lets V8 collect before as much again has come together, which it would do on a machine with much memory: on a busy
 * day that is hundreds of MiB. It is no limit; what is in use may grow as it needs to.
 */
export function growSlowly(): void {
  setFlagsFromString(`--heap-growing-percent=${MAY_GROW}`);
}

/**
 * Gives back what only the start took up, a quarter of the whole, once: V8 would keep it for as long as there is work.
 * It takes a few tenths of a second, in which nothing else is done.
 */
export function releaseStartMemory(): void {
  setTimeout(() => collect({ flavor: 'last-resort' }), AFTER_MS).unref();
}
