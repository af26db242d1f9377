import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Load, Measured } from './load';
import { measure } from './measurement';
import { QueuedTiming, timeQueued } from './queued-jobs';

const WORKERS = [1, 3, 10, 30, 100];
const HEARING_MS = 1_000;
const WARMING_SECONDS = 10;
/** Enough that the queue is never empty while it is measured. */
const BACKLOG_SECONDS = 40;
const MOST_BACKLOG = 4_000;

/** Measures, and writes what it has measured as JSON. */
async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      part: { ...text, default: 'all' },
      out: { ...text, default: 'docs/scaling' },
      seconds: { ...text, default: '20' },
      workers: { ...text, default: WORKERS.join() },
      jobs: { ...text, default: '100000' },
      rounds: { ...text, default: '100' },
    },
  });
  await mkdir(values.out, { recursive: true });
  const keep = (name: string, results: object[]): Promise<void> =>
    writeFile(join(values.out, name), `${JSON.stringify({ machine: machine(), results }, undefined, 1)}\n`);
  if (values.part !== 'queued') {
    const workers = values.workers.split(',').map(Number);
    await keep('load.json', await loads(workers, Number(values.seconds)));
  }
  if (values.part !== 'load') {
    await keep('queued.json', await queued(Number(values.jobs), Number(values.rounds)));
  }
}

async function loads(workers: number[], seconds: number): Promise<Measured[]> {
  const results: Measured[] = [];
  for (const load of plannedLoads(workers)) {
    const measured = await measure(load, { warmingSeconds: WARMING_SECONDS, seconds });
    results.push(measured);
    const { queue, database, kind, backlog, perSecond, idealPerSecond, wait } = measured;
    const rate = `${perSecond.toFixed(1)} of ${idealPerSecond.toFixed(0)} notes a second`;
    const waits = wait ? `, wait ${wait.p50} ms (95 %: ${wait.p95} ms)` : '';
    const how = backlog > 0 ? 'full' : 'half';
    console.log(`${queue}, ${database}, ${kind}, ${load.workers} workers, ${how} load: ${rate}${waits}`);
  }
  return results;
}

function plannedLoads(workers: number[]): Load[] {
  const pairs: Pick<Load, 'queue' | 'database'>[] = [
    { queue: 'embedded', database: 'sqlite' },
    { queue: 'bull', database: 'sqlite' },
    { queue: 'bull', database: 'postgresql' },
  ];
  return pairs.flatMap((pair) =>
    workers
      .filter((count) => pair.queue === 'bull' || count === 1)
      .flatMap((count) =>
        (['api', 'chat'] as const).flatMap((kind) => {
          const backlog = Math.min(MOST_BACKLOG, count * 2 * BACKLOG_SECONDS);
          const load = { ...pair, kind, workers: count, hearingMs: HEARING_MS };
          return [
            { ...load, backlog },
            { ...load, backlog: 0 },
          ];
        }),
      ),
  );
}

async function queued(many: number, rounds: number): Promise<QueuedTiming[]> {
  const results: QueuedTiming[] = [];
  for (const database of ['sqlite', 'postgresql'] as const) {
    const timings = await timeQueued(database, 100, many, rounds);
    results.push(...timings);
    for (const { what, few, many: lots } of timings) {
      const ratio = (lots.median / few.median).toFixed(2);
      console.log(
        `${database}, ${what}: ${few.median} ms with ${few.jobs}, ${lots.median} ms with ${lots.jobs} (× ${ratio})`,
      );
    }
  }
  return results;
}

function machine(): object {
  const [first] = cpus();
  return {
    processors: cpus().length,
    model: first?.model.trim(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  };
}

void main();
