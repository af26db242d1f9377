import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '../../src/storage/open-database';
import { Database } from '../../src/storage/database';
import { JobEntity } from '../../src/storage/entities/job.entity';
import { cpuMs, cpuMsOfFamily } from './cpu-clock';
import { Load, Measured, SLOTS } from './load';
import { Tally } from './member-process';
import { SimulationStage } from './simulation-stage';

/** Half of what the workers can do, for a load under which nobody should have to wait. */
const SHARE = 0.5;

/** Sums since the beginning. */
interface Counted extends Tally {
  done: number;
  redisCommands: number;
  redisMs: number;
  cpu: Measured['job']['cpu'];
}

/** How long one load is run: first until caches are full, connections made and code compiled, then it is measured. */
export interface Duration {
  warmingSeconds: number;
  seconds: number;
}

/** Runs one load and measures it. */
export async function measure(load: Load, { warmingSeconds, seconds }: Duration): Promise<Measured> {
  await using stage = await SimulationStage.open(load);
  const database = await openDatabase(stage.databaseUrl, 1);
  try {
    const idealPerSecond = (load.workers * SLOTS * 1000) / load.hearingMs;
    const arrivals = {
      perSecond: idealPerSecond * SHARE,
      seconds: warmingSeconds + seconds,
      kind: load.kind,
    };
    const arriving = load.backlog > 0 ? undefined : stage.api?.submit(arrivals);
    await pause(warmingSeconds * 1000);
    const [from, before] = [Date.now(), await count(stage, database)];
    await pause(seconds * 1000);
    const [to, after] = [Date.now(), await count(stage, database)];
    await arriving;
    const done = after.done - before.done;
    const measuredSeconds = (to - from) / 1000;
    return {
      ...load,
      seconds: measuredSeconds,
      done,
      perSecond: done / measuredSeconds,
      idealPerSecond,
      ...(load.backlog === 0 && { wait: await waits(database, new Date(from), new Date(to)) }),
      job: perJob(before, after, done),
    };
  } finally {
    await database.close();
  }
}

async function count(stage: SimulationStage, database: Database): Promise<Counted> {
  const { redis, postgres, workers, bot, api } = stage;
  const [tallies, done, redisSums, redisPid] = await Promise.all([
    Promise.all(stage.processes.map((process) => process.tally())),
    doneSoFar(database),
    redis?.ask('INFO', 'commandstats').then((text) => sumsOf(String(text))),
    redis?.ask('INFO', 'server').then((text) => Number(/process_id:(\d+)/.exec(String(text))?.[1])),
  ]);
  const sum = (name: keyof Tally): number => tallies.reduce((all, tally) => all + tally[name], 0);
  return {
    done,
    statements: sum('statements'),
    statementMs: sum('statementMs'),
    chatRequests: sum('chatRequests'),
    submitted: sum('submitted'),
    redisCommands: redisSums?.calls ?? 0,
    redisMs: redisSums?.ms ?? 0,
    cpu: {
      database: postgres ? cpuMsOfFamily(postgres.pid) : 0,
      redis: redisPid === undefined ? 0 : cpuMs(redisPid),
      workers: workers.reduce((all, { pid }) => all + cpuMs(pid), 0),
      bot: bot ? cpuMs(bot.pid) : 0,
      api: api && !workers.includes(api) ? cpuMs(api.pid) : 0,
    },
  };
}

function perJob(before: Counted, after: Counted, done: number): Measured['job'] {
  const of = (a: number, b: number): number => Math.round(((b - a) / Math.max(1, done)) * 100) / 100;
  const cpu = Object.fromEntries(
    Object.entries(before.cpu).map(([part, ms]) => [part, of(ms, after.cpu[part as keyof typeof after.cpu])]),
  ) as Measured['job']['cpu'];
  return {
    statements: of(before.statements, after.statements),
    statementMs: of(before.statementMs, after.statementMs),
    redisCommands: of(before.redisCommands, after.redisCommands),
    redisMs: of(before.redisMs, after.redisMs),
    chatRequests: of(before.chatRequests, after.chatRequests),
    cpu,
  };
}

function sumsOf(commandstats: string): { calls: number; ms: number } {
  let [calls, micros] = [0, 0];
  for (const [, each, time] of commandstats.matchAll(/^cmdstat_[^:]+:calls=(\d+),usec=(\d+)/gm)) {
    calls += Number(each);
    micros += Number(time);
  }
  return { calls, ms: micros / 1000 };
}

function doneSoFar(database: Database): Promise<number> {
  return database.read(async (em) => {
    const [row] = await em.execute<{ jobs: number | string }[]>(
      "select count(*) as jobs from job where status = 'done'",
    );
    return Number(row?.jobs);
  });
}

/** Of the jobs that came in between; one that has not begun has waited until the end. */
async function waits(database: Database, from: Date, to: Date): Promise<Measured['wait']> {
  const rows = await database.read((em) =>
    em.find(JobEntity, { createdAt: { $gte: from, $lt: to } }, { fields: ['createdAt', 'startedAt'] }),
  );
  const sorted = rows
    .map(({ createdAt, startedAt }) => (startedAt ?? to).getTime() - createdAt.getTime())
    .sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
