import { JobQueueHarness } from '../contracts/queue/queue-under-test';
import { MemberOptions, QueueMember, openMember } from './queue-member';
import { TestRedis } from './redis';
import { TestStorage, openTestStorage } from './storage';

export interface BullHarness extends JobQueueHarness {
  storage: TestStorage;
  member(options?: Partial<MemberOptions>): Promise<QueueMember>;
}

/** Any number of processes' queues on one Redis, which is emptied first, and one database. */
export async function openBullHarness(redis: TestRedis): Promise<BullHarness> {
  const storage = await openTestStorage();
  await redis.flush();
  const members: QueueMember[] = [];
  const member: BullHarness['member'] = async (options) => {
    const opened = await openMember({ ...storage, redisUrl: redis.url, ...options });
    members.push(opened);
    return opened;
  };
  return {
    storage,
    jobs: storage.jobs,
    answers: storage.answers,
    noticed: async (id) => {
      const waiting = async (): Promise<string[]> =>
        (await redis.ask('LRANGE', 'hark:bull:transcription:wait', '0', '-1')) as string[];
      while (!(await waiting()).some((name) => name.startsWith(id)));
    },
    member,
    neighbour: () => member(),
    close: async () => {
      await Promise.all(members.map((opened) => opened.close()));
      await storage.close();
    },
  };
}
