import { cpus } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { Database } from '../../src/storage/database';
import { JobEntity } from '../../src/storage/entities/job.entity';
import { openDatabase } from '../../src/storage/open-database';
import { Counted, count, perJob } from './counted';
import { Load, Measured, idealPerSecond } from './load';
import { SimulationStage } from './simulation-stage';

/** How long one load is run: first until caches are full, connections made and code compiled, then it is measured. */
export interface Duration {
  warmingSeconds: number;
  seconds: number;
}

/** Under which nobody should have to wait. */
const HALF = 0.5;
/** More than can be heard, though many of them may be short. */
const FULL = 1.3;

/** Runs one load, first with notes that come in one by one, then with a queue that is never empty. */
export async function measure(load: Load, { warmingSeconds, seconds }: Duration): Promise<Measured[]> {
  await using stage = await SimulationStage.open(load);
  const database = await openDatabase(stage.databaseUrl, { poolSize: 1 });
  const both = async (): Promise<[Counted, Counted]> => {
    await pause(warmingSeconds * 1000);
    const before = await count(stage, database);
    await pause(seconds * 1000);
    return [before, await count(stage, database)];
  };
  try {
    const perSecond = idealPerSecond(load);
    const all = warmingSeconds + seconds;
    const arriving = stage.submit(perSecond * HALF, all);
    const half = await both();
    await arriving;
    const wait = await waits(database, half);
    await stage.fill(Math.ceil(perSecond * FULL * all));
    const full = await both();
    return [
      { ...load, pressure: 'half', ...compared(load, half), wait },
      { ...load, pressure: 'full', ...compared(load, full) },
    ];
  } finally {
    await database.close();
  }
}

function compared(load: Load, [before, after]: [Counted, Counted]): Omit<Measured, keyof Load | 'pressure'> {
  const seconds = (after.at - before.at) / 1000;
  const done = after.done - before.done;
  const idle = (after.idleMs - before.idleMs) / (seconds * 1000 * cpus().length);
  return {
    seconds,
    done,
    perSecond: done / seconds,
    idealPerSecond: idealPerSecond(load),
    idle: Math.round(idle * 100) / 100,
    job: perJob(before, after),
  };
}

/** Of the jobs that came in between; one that has not begun has waited until the end. */
async function waits(
  database: Database,
  [{ at: from }, { at: to }]: [Counted, Counted],
): Promise<Measured['wait']> {
  const meanwhile = { createdAt: { $gte: new Date(from), $lt: new Date(to) } };
  const rows = await database.read((em) =>
    em.find(JobEntity, meanwhile, { fields: ['createdAt', 'startedAt'] }),
  );
  const sorted = rows
    .map(({ createdAt, startedAt }) => Math.min(startedAt?.getTime() ?? to, to) - createdAt.getTime())
    .sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
