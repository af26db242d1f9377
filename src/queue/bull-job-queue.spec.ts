import { jobQueueContract } from '../../test/contracts/queue/job-queue.contract';
import { queueFairnessContract } from '../../test/contracts/queue/queue-fairness.contract';
import { openBullHarness } from '../../test/support/bull-harness';
import { TestRedis, startRedis } from '../../test/support/redis';

describe('BullJobQueue', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  jobQueueContract(() => openBullHarness(redis));
  queueFairnessContract(() => openBullHarness(redis), [1, 2]);
});
