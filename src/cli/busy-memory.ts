import { performance } from 'node:perf_hooks';
import { collect } from './collection';

const LOOK_EVERY_MS = 5_000;
/** Of the time: a note now and then takes less, and what it leaves is not worth a pause. */
const BUSY_SHARE = 0.05;

/**
 * Gives back what a busy time has taken up when it is over, once: V8 may keep it for as long as there is little to do,
 * a third of what is in use. It takes about a tenth of a second.
 *
 * @param giveBack replaced by tests
 */
export function releaseBusyMemory(giveBack: () => void = () => collect({})): NodeJS.Timeout {
  let seen = performance.eventLoopUtilization();
  let wasBusy = false;
  const look = (): void => {
    const isBusy = performance.eventLoopUtilization(seen).utilization > BUSY_SHARE;
    if (wasBusy && !isBusy) giveBack();
    wasBusy = isBusy;
    // Giving back is no work.
    seen = performance.eventLoopUtilization();
  };
  return setInterval(look, LOOK_EVERY_MS).unref();
}
