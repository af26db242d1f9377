import { ChaosOptions } from '../chaos/chaos-options';
import { Chaos, openChaos } from '../chaos/chaos';
import { ChaosReport } from '../chaos/chaos-report';

const SMALL = { seed: 5, jobs: 24, kills: 4, redisRestarts: 1, redisFlushes: 0, workers: 2, quietMs: 0 };

/** The logs stay where a run has shown something that must not be. */
async function reportOf(asked: Partial<ChaosOptions>): Promise<ChaosReport & { logs?: string }> {
  const chaos: Chaos = await openChaos({ ...SMALL, ...asked });
  let report: ChaosReport | undefined;
  try {
    report = await chaos.report();
  } finally {
    await chaos.clear(report?.anomalies.length !== 0);
  }
  return { ...report, ...(report.anomalies.length > 0 && { logs: chaos.folder }) };
}

describe('every note that was accepted is answered exactly once, with its own words', () => {
  it('when processes are killed and Redis is restarted', async () => {
    const { anomalies, figures, logs } = await reportOf({});
    expect({ anomalies, logs }).toEqual({ anomalies: [], logs: undefined });
    expect(figures).toMatchObject({ answeredOnce: figures.accepted, redisRestarts: 1 });
    expect(figures.accepted).toBeGreaterThanOrEqual(24);
    expect(Object.values(figures.kills).reduce((sum, one) => sum + one, 0)).toBe(4);
  }, 600_000);

  it('when the only process is killed over and over, with the embedded queue', async () => {
    const { anomalies, figures, logs } = await reportOf({ queue: 'embedded' });
    expect({ anomalies, logs }).toEqual({ anomalies: [], logs: undefined });
    expect(figures).toMatchObject({ answeredOnce: figures.accepted, kills: { hark: 4 } });
    expect(figures.accepted).toBeGreaterThanOrEqual(24);
  }, 600_000);
});
