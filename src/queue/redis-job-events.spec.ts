import { JobEvent } from '../core/job-events';
import { BullHarness, openBullHarness } from '../../test/support/bull-harness';
import { Journal } from '../../test/support/journal';
import { QueueMember } from '../../test/support/queue-member';
import { TestRedis, startRedis } from '../../test/support/redis';

const CHANNEL = 'hark:events:0';

describe('RedisJobEvents', () => {
  let redis: TestRedis;
  let harness: BullHarness;
  beforeEach(async () => {
    redis = await startRedis();
    harness = await openBullHarness(redis);
  });
  afterEach(async () => {
    await harness.close();
    await redis.stop();
  });

  const listening = async (): Promise<{ member: QueueMember; heard: Journal<JobEvent> }> => {
    const member = await harness.member();
    const heard = new Journal<JobEvent>();
    member.events.subscribe((event) => heard.add(event));
    return { member, heard };
  };
  const progress = (value: number): JobEvent => ({ type: 'progress', jobId: 'job', progress: value });
  const everyoneListens = async (count: number): Promise<void> => {
    const reply = (await redis.ask('PUBSUB', 'NUMSUB', CHANNEL)) as [string, number];
    if (Number(reply[1]) < count) await everyoneListens(count);
  };

  it('is heard once in every process, in order, the publishing one included', async () => {
    const [one, two] = [await listening(), await listening()];
    await everyoneListens(2);
    const segment = { start: 0, end: 1, text: ' hello', confidence: 1, words: [] };
    const events: JobEvent[] = [
      { type: 'status', jobId: 'job', answerId: 'answer', status: 'running' },
      { type: 'segments', jobId: 'job', from: 0, segments: [segment] },
      progress(0.5),
      {
        type: 'erased',
        jobId: 'job',
        posted: { address: { platform: 'discord', channel: 'c' }, reply: { id: '1' } },
      },
    ];
    for (const event of events) one.member.events.publish(event);
    expect(one.heard.entries).toEqual(events);
    await two.heard.until((entries) => entries.length === 4);
    expect(two.heard.entries).toEqual(events);
    two.member.events.publish(progress(1));
    await one.heard.until((entries) => entries.length === 5);
    expect(one.heard.entries).toEqual([...events, progress(1)]);
    expect(two.heard.entries).toEqual([...events, progress(1)]);
  });

  it('goes on when a listener throws or rejects', async () => {
    const { member, heard } = await listening();
    const first = jest.fn(() => {
      throw new Error('a listener');
    });
    member.events.subscribe(first);
    // eslint-disable-next-line @typescript-eslint/no-misused-promises -- it is what is tested
    member.events.subscribe(() => Promise.reject(new Error('an async listener')));
    const last = new Journal<JobEvent>();
    member.events.subscribe((event) => last.add(event));
    member.events.publish(progress(0.1));
    expect([first.mock.calls.length, heard.entries.length, last.entries.length]).toEqual([1, 1, 1]);
  });

  it('ends a subscription, and only that one', async () => {
    const { member, heard } = await listening();
    const listener = jest.fn();
    const end = member.events.subscribe(listener);
    member.events.subscribe(listener);
    end();
    end();
    member.events.publish(progress(0.1));
    expect([listener.mock.calls.length, heard.entries.length]).toEqual([1, 1]);
  });

  it('ignores what is no event', async () => {
    const { heard } = await listening();
    const other = await listening();
    await everyoneListens(2);
    const wrong = { from: 'x', event: { type: 'status', jobId: 'job', status: 'exploded' } };
    for (const text of ['', '{', '42', 'null', '{"from":"x"}', JSON.stringify(wrong)]) {
      await redis.ask('PUBLISH', CHANNEL, text);
    }
    other.member.events.publish(progress(1));
    await heard.until((entries) => entries.length === 1);
    expect(heard.entries).toEqual([progress(1)]);
  });

  it('is heard in its own process while Redis is away, and everywhere again afterwards', async () => {
    const [one, two] = [await listening(), await listening()];
    await everyoneListens(2);
    await redis.kill();
    one.member.events.publish(progress(0.1));
    expect(one.heard.entries).toEqual([progress(0.1)]);
    await redis.start();
    await everyoneListens(2);
    await one.member.health.report();
    one.member.events.publish(progress(0.2));
    // The first one may arrive late, but no one depends on it.
    await two.heard.until((entries) =>
      entries.some((event) => event.type === 'progress' && event.progress === 0.2),
    );
    expect(one.heard.entries).toEqual([progress(0.1), progress(0.2)]);
  });
});
