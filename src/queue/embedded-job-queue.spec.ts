import { jobQueueContract } from '../../test/contracts/queue/job-queue.contract';
import { JobQueueHarness, NO_SWEEP } from '../../test/contracts/queue/queue-under-test';
import { queueFairnessContract } from '../../test/contracts/queue/queue-fairness.contract';
import { newJob } from '../../test/support/new-job';
import { QueueMember, openMember } from '../../test/support/queue-member';
import { startQueueProcess } from '../../test/support/queue-process';
import { SmallWorker } from '../../test/support/small-worker';
import { openTestStorage } from '../../test/support/storage';

async function open(): Promise<JobQueueHarness> {
  const storage = await openTestStorage();
  const members: QueueMember[] = [];
  return {
    jobs: storage.jobs,
    answers: storage.answers,
    // It looks when a slot is free.
    noticed: () => Promise.resolve(),
    member: async (options) => {
      const member = await openMember({ ...storage, ...options });
      members.push(member);
      return member;
    },
    neighbour: (of) => Promise.resolve(of),
    close: async () => {
      for (const member of members) await member.close();
      await storage.close();
    },
  };
}

describe('EmbeddedJobQueue', () => {
  jobQueueContract(open);
  queueFairnessContract(open, [1]);

  it('ends what a killed process held, once, after a restart', async () => {
    const storage = await openTestStorage();
    const { job } = await storage.jobs.add(newJob());
    const options = { dataDir: storage.dataDir, slots: 1, leaseMs: 500, holds: true, timings: NO_SWEEP };
    const dying = await startQueueProcess(options);
    await dying.journal.until((notes) => notes.some(({ what }) => what === 'started'));
    await dying.kill();

    const member = await openMember({ ...storage, timings: NO_SWEEP, leaseMs: 500 });
    const worker = new SmallWorker(member.queue, member.events, storage.jobs, {
      slots: 1,
      work: () => undefined,
    });
    await worker.start();
    await worker.untilEnded(1);
    expect(worker.started).toEqual([job.id]);
    expect(await storage.jobs.find(job.id)).toMatchObject({ status: 'done', attempts: 2 });
    await member.close();
    await storage.close();
  });
});
