import { commandLineOf, processesWith } from '../support/processes';
import { ChaosMember } from './chaos-member';
import { ChaosOptions } from './chaos-options';
import { Anomaly, ChaosReport } from './chaos-report';
import { ChaosStage } from './chaos-stage';
import { ChaosStrikes } from './chaos-strikes';
import { AnomalyKind, ChaosVerdict, chaosVerdict } from './chaos-verdict';
import { ChaosWatch } from './chaos-watch';
import { DiscordCrowd } from './discord-crowd';
import { afterCleaning, leftOvers } from './left-overs';
import { RestClients } from './rest-clients';

/** A process ends in order within this time. */
const SHUTDOWN_MS = 10_000;

/** A run after its last note. */
export interface FinishedRun {
  options: ChaosOptions;
  stage: ChaosStage;
  watch: ChaosWatch;
  strikes: ChaosStrikes;
  crowd: DiscordCrowd;
  clients: RestClients;
  seconds: number;
}

/** Looks at everything that a run has left, ends the processes, and looks at what they leave. */
export async function inspect(run: FinishedRun): Promise<ChaosReport> {
  const { stage, watch, crowd, clients } = run;
  const shown = await clients.jobs();
  const ends = await endAll(stage.members);
  const { jobs } = watch;
  const verdict = chaosVerdict({ notes: [...crowd.notes, ...clients.notes], jobs, shown, crowd });
  const files = await leftOvers(stage.dataDir);
  const orphans = processesWith(stage.mark).map((pid) => `${pid} ${commandLineOf(pid).join(' ')}`);
  const anomalies = [
    ...verdict.anomalies,
    ...missing(run),
    ...ends.anomalies,
    ...orphans.map((where) => ({ what: 'A process was left behind', where })),
    ...(await afterCleaning(stage.dataDir, stage.cleaner)).map((where) => ({
      what: 'A file was left behind',
      where,
    })),
  ];
  return { anomalies, figures: { ...figuresOf(run, verdict, files), shutdownSeconds: ends.seconds } };
}

function figuresOf(
  { options, stage, watch: { jobs }, strikes, clients, seconds }: FinishedRun,
  { anomalies, answeredOnce }: ChaosVerdict,
  files: readonly string[],
): Omit<ChaosReport['figures'], 'shutdownSeconds'> {
  const count = (kind: AnomalyKind): number => anomalies.filter((anomaly) => anomaly.kind === kind).length;
  const attempts = jobs.map((job) => job.attempts);
  return {
    seed: options.seed,
    accepted: jobs.length,
    answeredOnce,
    lost: count('lost'),
    duplicates: count('duplicate'),
    failed: count('failed'),
    wrongWords: count('wrong words'),
    kills: Object.fromEntries(stage.members.map(({ name, kills }) => [name, kills])),
    redisRestarts: strikes.dealt['redis-restart'],
    redisFlushes: strikes.dealt['redis-flush'],
    databaseRestarts: strikes.dealt['database-restart'],
    repeatedJobs: attempts.filter((times) => times > 1).length,
    mostAttempts: Math.max(0, ...attempts),
    setbacks: Object.fromEntries(clients.setbacks),
    filesToClean: files.length,
    seconds,
    errorsLogged: tally(stage.members.flatMap((member) => member.errors())),
  };
}

/** Notes that never came in, strikes that never fell, processes that ended by themselves. */
function* missing({ options, stage, strikes, crowd, clients }: FinishedRun): Iterable<Anomaly> {
  const sent = crowd.notes.length + clients.notes.length;
  if (sent < options.jobs) yield { what: 'Notes that were never accepted', where: `${options.jobs - sent}` };
  const { kills, redisRestarts, redisFlushes, databaseRestarts } = options;
  const undealt = kills + redisRestarts + redisFlushes + databaseRestarts - strikes.count;
  if (undealt > 0)
    yield { what: 'The run stood still before all strikes had fallen', where: `${undealt} are missing` };
  for (const { name, crashes } of stage.members) {
    for (const words of crashes) yield { what: 'A process ended by itself', where: `${name}: ${words}` };
  }
}

async function endAll(
  members: readonly ChaosMember[],
): Promise<{ seconds: Record<string, number>; anomalies: Anomaly[] }> {
  const anomalies: Anomaly[] = [];
  const seconds: Record<string, number> = {};
  for (const member of members) {
    const { code, milliseconds } = await member.end();
    seconds[member.name] = Math.round(milliseconds / 100) / 10;
    if (code !== 0 || milliseconds > SHUTDOWN_MS) {
      anomalies.push({
        what: 'A process did not end in order',
        where: `${member.name}: code ${code} after ${seconds[member.name]} s`,
      });
    }
  }
  return { seconds, anomalies };
}

function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
