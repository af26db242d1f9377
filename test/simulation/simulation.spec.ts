import { measure } from './measurement';

const LOAD = { kind: 'chat', workers: 1, hearingMs: 20 } as const;

describe('the simulation', () => {
  it('works notes off with hark’s own queue and database, and counts what it costs', async () => {
    const load = { ...LOAD, queue: 'bull', database: 'sqlite', backlog: 300 } as const;
    const { done, job, idealPerSecond } = await measure(load, { warmingSeconds: 1, seconds: 2 });
    expect(done).toBeGreaterThan(0);
    expect(idealPerSecond).toBe(100);
    expect(job.statements).toBeGreaterThan(10);
    expect(job.redisCommands).toBeGreaterThan(10);
    expect(job.cpu.workers).toBeGreaterThan(0);
  }, 120_000);

  it('lets notes come in by themselves', async () => {
    const load = { ...LOAD, queue: 'embedded', database: 'sqlite', backlog: 0, hearingMs: 400 } as const;
    const { wait } = await measure(load, { warmingSeconds: 1, seconds: 3 });
    expect(wait?.p95).toBeGreaterThanOrEqual(wait?.p50 ?? NaN);
  }, 120_000);
});
