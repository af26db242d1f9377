import { ChaosOptions } from './chaos-options';
import { chaosPlan } from './chaos-plan';

const OPTIONS = {
  seed: 7,
  jobs: 100,
  kills: 11,
  redisRestarts: 3,
  redisFlushes: 1,
  databaseRestarts: 2,
} as ChaosOptions;
const MEMBERS = ['api', 'bot', 'worker-1'];

describe('chaosPlan', () => {
  it('is the same for the same seed, and another one for another', () => {
    expect(chaosPlan(OPTIONS, MEMBERS)).toEqual(chaosPlan(OPTIONS, MEMBERS));
    expect(chaosPlan({ ...OPTIONS, seed: 8 }, MEMBERS)).not.toEqual(chaosPlan(OPTIONS, MEMBERS));
  });

  it('strikes as often as it is told, every process alike, before the last jobs end', () => {
    const plan = chaosPlan(OPTIONS, MEMBERS);
    const times = (what: string, victim?: string): number =>
      plan.filter((strike) => strike.what === what && (victim === undefined || strike.victim === victim))
        .length;
    expect([times('kill'), times('redis-restart'), times('redis-flush'), times('database-restart')]).toEqual([
      11, 3, 1, 2,
    ]);
    for (const member of MEMBERS) expect([3, 4]).toContain(times('kill', member));
    const after = plan.map(({ afterJobs }) => afterJobs);
    expect(after).toEqual([...after].sort((a, b) => a - b));
    expect(after.at(-1)).toBeLessThanOrEqual(95);
  });
});
