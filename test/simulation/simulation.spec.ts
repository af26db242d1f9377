import { measure } from './measurement';

const LOAD = { kind: 'chat', workers: 1, seed: 1 } as const;
const BRIEFLY = { warmingSeconds: 1, seconds: 2 };

describe('the simulation', () => {
  it('works notes off with hark’s own queue and database, and counts what it costs', async () => {
    const [half, full] = await measure(
      { ...LOAD, queue: 'bull', database: 'sqlite', hearingMs: 20 },
      BRIEFLY,
    );
    expect(full?.done).toBeGreaterThan(0);
    expect(full?.idealPerSecond).toBe(50);
    expect(full?.job.statements).toBeGreaterThan(10);
    expect(full?.job.redisCommands).toBeGreaterThan(10);
    expect(full?.job.cpu.workers).toBeGreaterThan(0);
    expect(half?.wait?.p95).toBeGreaterThanOrEqual(half?.wait?.p50 ?? NaN);
  }, 120_000);
});
