import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { thisMachine } from '../support/machine';
import { Load, Measured } from './load';
import { measure } from './measurement';
import { QueuedTiming, timeQueued } from './queued-jobs';

const WORKERS = [1, 10, 100];
const HEARING_MS = 1_000;
const WARMING_SECONDS = 5;
const FEW = 100;
/** One process writes at a time. On a busy machine ten that share a file wait for longer than they have patience. */
const MOST_ON_SQLITE = 1;

/** Measures, and writes what it has measured as JSON. */
async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      part: { ...text, default: 'all' },
      out: { ...text, default: 'docs/scaling' },
      seconds: { ...text, default: '10' },
      workers: { ...text, default: WORKERS.join() },
      jobs: { ...text, default: '100000' },
      rounds: { ...text, default: '40' },
      seed: { ...text, default: '1' },
    },
  });
  await mkdir(values.out, { recursive: true });
  const keep = (name: string, results: object[]): Promise<void> =>
    writeFile(
      join(values.out, name),
      `${JSON.stringify({ machine: thisMachine(), results }, undefined, 1)}\n`,
    );
  if (values.part !== 'queued') {
    const plan = plannedLoads(values.workers.split(',').map(Number), Number(values.seed));
    const results: Measured[] = [];
    for (const load of plan) {
      results.push(...(await run(load, Number(values.seconds))));
      await keep('load.json', results);
    }
  }
  if (values.part !== 'load') {
    await keep('queued.json', await queued(Number(values.jobs), Number(values.rounds)));
  }
}

async function run(load: Load, seconds: number): Promise<Measured[]> {
  const results = await measure(load, { warmingSeconds: WARMING_SECONDS, seconds });
  for (const { pressure, perSecond, idealPerSecond, wait } of results) {
    const { queue, database, kind, workers } = load;
    const rate = `${perSecond.toFixed(1)} of ${idealPerSecond.toFixed(0)} notes a second`;
    const waits = wait ? `, wait ${wait.p50} ms (95 %: ${wait.p95} ms)` : '';
    console.log(`${queue}, ${database}, ${kind}, ${workers} workers, ${pressure} load: ${rate}${waits}`);
  }
  return results;
}

function plannedLoads(workers: number[], seed: number): Load[] {
  const pairs: [Pick<Load, 'queue' | 'database'>, most: number][] = [
    [{ queue: 'embedded', database: 'sqlite' }, 1],
    [{ queue: 'bull', database: 'sqlite' }, MOST_ON_SQLITE],
    [{ queue: 'bull', database: 'postgresql' }, Infinity],
  ];
  return pairs.flatMap(([pair, most]) =>
    workers
      .filter((count) => count <= most)
      .flatMap((count) =>
        (['api', 'chat'] as const).map((kind) => ({
          ...pair,
          kind,
          workers: count,
          hearingMs: HEARING_MS,
          seed,
        })),
      ),
  );
}

async function queued(many: number, rounds: number): Promise<QueuedTiming[]> {
  const results: QueuedTiming[] = [];
  for (const database of ['sqlite', 'postgresql'] as const) {
    const timings = await timeQueued(database, FEW, many, rounds);
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

void main();
