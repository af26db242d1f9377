import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChaosOptions } from './chaos-options';
import { ChaosReport } from './chaos-report';
import { ChaosProgress, ChaosRun } from './chaos-run';
import { ChaosStage } from './chaos-stage';

/** The run that `npm run chaos` does when it is told nothing else. */
const USUAL: Omit<ChaosOptions, 'folder'> = {
  seed: 1,
  jobs: 500,
  kills: 50,
  redisRestarts: 5,
  redisFlushes: 1,
  databaseRestarts: 2,
  queue: 'bull',
  database: 'sqlite',
  workers: 3,
  bots: 1,
  patienceMs: 240_000,
  quietMs: 35_000,
};

/** What is not there cannot be struck. */
const STRUCK_WITH: [keyof ChaosOptions, (options: ChaosOptions) => boolean][] = [
  ['redisRestarts', ({ queue }) => queue === 'bull'],
  ['redisFlushes', ({ queue }) => queue === 'bull'],
  ['databaseRestarts', ({ database }) => database === 'postgresql'],
];

/** A stage with a run on it. */
export interface Chaos {
  /** Resolves when everything is counted and all processes have ended. */
  report(): Promise<ChaosReport>;
  /** Ends everything at once. With `keep` the logs of all processes and the data stay in the folder. */
  clear(keep: boolean): Promise<void>;
  folder: string;
}

/** Sets the stage. */
export async function openChaos(
  asked: Partial<ChaosOptions>,
  tell: (progress: ChaosProgress) => void = () => undefined,
): Promise<Chaos> {
  const folder = asked.folder ?? (await mkdtemp(join(tmpdir(), 'hark-chaos-')));
  const options: ChaosOptions = { ...USUAL, ...asked, folder };
  for (const [name, isThere] of STRUCK_WITH) if (!isThere(options)) Object.assign(options, { [name]: 0 });
  const stage = await ChaosStage.open(options);
  const run = new ChaosRun(options, stage, tell);
  return {
    folder,
    report: () => run.go(),
    clear: async (keep) => {
      await stage[Symbol.asyncDispose]();
      if (!keep) return rm(folder, { recursive: true });
      const logs = join(folder, 'logs');
      await mkdir(logs, { recursive: true });
      await Promise.all(stage.members.map((member) => member.writeLog(logs)));
      await writeFile(join(logs, 'strikes.log'), `${run.strikes.journal.join('\n')}\n`);
    },
  };
}

/** Writes the report beside the logs. */
export async function keepReport({ folder }: Chaos, report: ChaosReport): Promise<void> {
  await writeFile(join(folder, 'report.json'), `${JSON.stringify(report, undefined, 2)}\n`);
}
