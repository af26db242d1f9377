import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { newJob } from './new-job';
import { openTestStorage } from './storage';

/** What a process of its own found when it opened the storage. */
export interface OpenedElsewhere {
  jobId: string;
  /** Whether it got the job that all of them want. */
  claimed: boolean;
}

/** Opens the storage of `dataDir` in a process of its own, adds one job, and claims another one if it can. */
export async function openElsewhere(
  dataDir: string,
  wantedJob = '',
  databaseUrl = '',
): Promise<OpenedElsewhere> {
  const child: ChildProcess = fork(__filename, [dataDir, wantedJob, databaseUrl], {
    execArgv: ['--require', join(__dirname, 'typescript-hook.cjs')],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const [found] = (await Promise.race([
    once(child, 'message'),
    exited.then(([code]) => {
      throw new Error(`The other process ended with ${code} before it said anything.`);
    }),
  ])) as [OpenedElsewhere];
  await exited;
  return found;
}

async function main(dataDir: string, wantedJob: string, databaseUrl: string): Promise<void> {
  const storage = await openTestStorage(dataDir, databaseUrl || undefined);
  const owner = `process:${process.pid}`;
  const until = new Date(Date.now() + 60_000);
  const claimed = await storage.jobs.claim(wantedJob, { owner, until }, new Date());
  const { job } = await storage.jobs.add(newJob());
  await storage.close();
  process.send?.({ jobId: job.id, claimed: claimed !== undefined } satisfies OpenedElsewhere, () =>
    process.disconnect(),
  );
}

if (require.main === module) {
  const [dataDir = '', wantedJob = '', databaseUrl = ''] = process.argv.slice(2);
  void main(dataDir, wantedJob, databaseUrl);
}
