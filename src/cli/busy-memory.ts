import { performance } from 'node:perf_hooks';
import { collect } from './collection';

const LOOK_EVERY_MS = 5_000;
/** Of the time: a note now and then takes less, and what it leaves is not worth a pause. */
const BUSY_SHARE = 0.05;
/** The first collection frees what is not used, the second moves together what is left, so that pages become free. */
const COLLECTIONS = 2;

/**
 * Gives back what a busy time has taken up when it is over: V8 may keep it for as long as there is little to do, a third
 * of what is in use. It takes about a tenth of a second, and another one at the next look.
 *
 * @param giveBack replaced by tests
 */
export function releaseBusyMemory(giveBack: () => void = () => collect({})): NodeJS.Timeout {
  let seen = performance.eventLoopUtilization();
  let left = 0;
  const look = (): void => {
    const isBusy = performance.eventLoopUtilization(seen).utilization > BUSY_SHARE;
    if (isBusy) left = COLLECTIONS;
    else if (left > 0) {
      left--;
      giveBack();
    }
    // Giving back is no work.
    seen = performance.eventLoopUtilization();
  };
  return setInterval(look, LOOK_EVERY_MS).unref();
}
