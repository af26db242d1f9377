import { SeededRandom } from '../support/seeded-random';
import { ChaosOptions } from './chaos-options';

/** One blow. */
export interface Strike {
  what: 'kill' | 'redis-restart' | 'redis-flush' | 'database-restart';
  /** Whom a kill hits. */
  victim?: string;
  /** It falls once so many jobs have ended, */
  afterJobs: number;
  /** and so many milliseconds more have gone by, */
  delayMs: number;
  /** and what it hits stays away for so long. */
  downMs: number;
}

/** The first strikes fall while notes are still coming in, the last ones while a few are left. */
const LAST_STRIKE = 0.95;
const LONGEST_DELAY_MS = 1_200;
const LONGEST_DOWN_MS = 1_500;

/** All strikes of a run in their order. Pure: the seed decides everything. */
export function chaosPlan(options: ChaosOptions, members: readonly string[]): Strike[] {
  const random = new SeededRandom(options.seed);
  const whats = (what: Strike['what'], count: number): Strike['what'][] =>
    Array<Strike['what']>(count).fill(what);
  const victims = evenly(members, options.kills, random);
  const strikes = random.shuffled([
    ...whats('kill', options.kills),
    ...whats('redis-restart', options.redisRestarts),
    ...whats('redis-flush', options.redisFlushes),
    ...whats('database-restart', options.databaseRestarts),
  ]);
  const times = strikes
    .map(() => random.between(0, Math.floor(options.jobs * LAST_STRIKE)))
    .sort((a, b) => a - b);
  return strikes.map((what, index) => ({
    what,
    ...(what === 'kill' && { victim: victims.shift() }),
    afterJobs: times[index] ?? 0,
    delayMs: random.between(0, LONGEST_DELAY_MS),
    downMs: random.between(0, LONGEST_DOWN_MS),
  }));
}

/** Every member is hit as often as the others, or once more. */
function evenly(members: readonly string[], count: number, random: SeededRandom): string[] {
  const rounds = Math.ceil(count / Math.max(1, members.length));
  return Array.from({ length: rounds }, () => random.shuffled(members))
    .flat()
    .slice(0, count);
}
