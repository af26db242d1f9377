import { openMember } from './queue-member';
import { SmallWorker } from './small-worker';
import { openTestStorage } from './storage';
import { QueueProcessOptions } from './queue-process';

/** A worker in a process of its own, told what to do by its argument; it reports what it begins and ends. */
async function main({
  dataDir,
  redisUrl,
  slots,
  leaseMs,
  holds,
  timings,
}: QueueProcessOptions): Promise<void> {
  const storage = await openTestStorage(dataDir);
  const member = await openMember({ ...storage, redisUrl, timings, leaseMs });
  const worker = new SmallWorker(member.queue, member.events, storage.jobs, {
    slots,
    leaseMs,
    work: async (job, signal) => {
      if (!holds) return;
      await new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason as Error)),
      );
    },
  });
  worker.journal.listen((note) => process.send?.(note));
  process.once('SIGTERM', () => {
    void member.queue
      .stop(0)
      .then(() => member.close())
      .then(() => storage.close())
      .then(() => process.disconnect());
  });
  await worker.start();
  process.send?.({ what: 'ready' });
}

void main(JSON.parse(process.argv[2] ?? '{}') as QueueProcessOptions);
