import { cpus } from 'node:os';
import { Database } from '../../src/storage/database';
import { cpuMs, cpuMsOfFamily } from '../support/cpu-clock';
import { PerJob } from './load';
import { Tally } from './member-process';
import { SimulationStage } from './simulation-stage';

/** Sums since the beginning. */
export interface Counted extends Tally {
  /** Milliseconds since 1970. */
  at: number;
  done: number;
  redisCommands: number;
  redisMs: number;
  cpu: PerJob['cpu'];
  /** Of all processors together, in milliseconds. */
  idleMs: number;
}

export async function count(stage: SimulationStage, database: Database): Promise<Counted> {
  const { redis, postgres, workers, bot, api } = stage;
  const [tallies, done, redisSums, redisPid] = await Promise.all([
    Promise.all(stage.processes.map((process) => process.tally())),
    doneSoFar(database),
    redis?.ask('INFO', 'commandstats').then((text) => sumsOf(String(text))),
    redis?.ask('INFO', 'server').then((text) => Number(/process_id:(\d+)/.exec(String(text))?.[1])),
  ]);
  const sum = (name: keyof Tally): number => tallies.reduce((all, tally) => all + tally[name], 0);
  return {
    at: Date.now(),
    done,
    statements: sum('statements'),
    statementMs: sum('statementMs'),
    chatRequests: sum('chatRequests'),
    submitted: sum('submitted'),
    redisCommands: redisSums?.calls ?? 0,
    redisMs: redisSums?.ms ?? 0,
    idleMs: cpus().reduce((all, { times }) => all + times.idle, 0),
    cpu: {
      database: postgres ? cpuMsOfFamily(postgres.pid) : 0,
      redis: redisPid === undefined ? 0 : cpuMs(redisPid),
      workers: workers.reduce((all, { pid }) => all + cpuMs(pid), 0),
      bot: bot ? cpuMs(bot.pid) : 0,
      api: api && !workers.includes(api) ? cpuMs(api.pid) : 0,
    },
  };
}

/** What one job has cost between the two. */
export function perJob(before: Counted, after: Counted): PerJob {
  const done = Math.max(1, after.done - before.done);
  const of = (a: number, b: number): number => Math.round(((b - a) / done) * 100) / 100;
  const cpu = Object.fromEntries(
    Object.entries(before.cpu).map(([part, ms]) => [part, of(ms, after.cpu[part as keyof typeof after.cpu])]),
  ) as PerJob['cpu'];
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
