import { Logger } from '@nestjs/common';
import { SystemClock } from '../../core/clock';
import { WEBHOOK_EVENTS } from '../../core/webhook';
import { Policy } from '../../core/policy';
import { LocalJobEvents } from '../../queue/local-job-events';
import { AddressGuard } from '../../media/links/address-guard';
import { HostResolver } from '../../media/links/host-resolver';
import { LinkLimits } from '../../media/links/link-limits';
import { PinnedWebhookPoster } from '../../media/links/pinned-webhook-poster';
import { Settings } from '../../settings/settings';
import { workContext, workingFor } from '../../core/work-context';
import { Journal } from '../../../test/support/journal';
import { jobIn } from '../../../test/support/job-stages';
import { ShiftedClock } from '../../../test/support/shifted-clock';
import { openTestStorage, TestStorage } from '../../../test/support/storage';
import { WebhookReceiver } from '../../../test/support/webhook-receiver';
import { WebhookAttemptsService } from './webhook-attempts.service';
import { makeSecret } from './webhook-secret';
import { WebhookSenderService } from './webhook-sender.service';

const HOUR_MS = 3_600_000;

describe('the sender of webhooks', () => {
  let storage: TestStorage;
  let receiver: WebhookReceiver;
  let clock: ShiftedClock;
  let events: LocalJobEvents;
  const senders: WebhookSenderService[] = [];

  beforeAll(() => void Logger.overrideLogger(false));
  beforeEach(async () => {
    storage = await openTestStorage();
    receiver = await WebhookReceiver.start();
    clock = new ShiftedClock();
    events = new LocalJobEvents();
  });
  afterEach(async () => {
    await Promise.all(senders.splice(0).map((sender) => sender.onModuleDestroy()));
    await receiver[Symbol.asyncDispose]();
    await storage.close();
  });

  /** A process that sends what is in the storage. */
  function sender(at: TestStorage = storage, soleProcess = false): WebhookSenderService {
    const policy = { soleProcess } as Policy;
    const settings = { media: { allowHosts: [receiver.host] } } as unknown as Settings;
    const limits = new LinkLimits();
    const guard = new AddressGuard(settings, new HostResolver(), limits);
    const poster = new PinnedWebhookPoster(guard, new SystemClock(), limits);
    const attempts = new WebhookAttemptsService(at.outbox, poster, at.jobs, clock);
    const made = new WebhookSenderService(at.outbox, attempts, events, policy, clock);
    senders.push(made);
    void made.onApplicationBootstrap();
    return made;
  }
  const add = async (path = ''): Promise<string> =>
    (
      await storage.webhooks.add(
        { url: receiver.url + path, events: WEBHOOK_EVENTS, secret: makeSecret() },
        new Date(),
      )
    ).id;
  const end = async (): Promise<string> => {
    const { id } = await jobIn(storage, 'done', false);
    events.publish({ type: 'status', jobId: id, status: 'done' });
    return id;
  };
  const settled = async (webhookId: string, count = 1) => {
    for (;;) {
      const all = await storage.webhooks.deliveries(webhookId, 100);
      if (all.length >= count && all.every(({ state }) => state !== 'waiting')) return all;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const waitsAgain = async (webhookId: string, attempts: number) => {
    for (;;) {
      const [first] = await storage.webhooks.deliveries(webhookId, 1);
      const later = first?.nextAt && first.nextAt > clock.now();
      if (first?.attempts === attempts && later) return first;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  it('sends when a job ends, and what ended while nobody was there', async () => {
    const id = await add();
    const before = await end();
    sender();
    await settled(id);
    const after = await end();
    await settled(id, 2);
    expect(receiver.received.map(({ message }) => message.data.job?.id)).toEqual([before, after]);
  });

  it('says on behalf of which note it speaks, also when another one has woken it', async () => {
    const said = new Journal<object>();
    const hear = (...[line]: unknown[]): void => void said.add({ ...workContext(), ...(line as object) });
    const spies = (['log', 'warn'] as const).map((level) =>
      jest.spyOn(Logger.prototype, level).mockImplementation(hear),
    );
    await add();
    receiver.answer = (response, count) => void response.writeHead(count === 1 ? 500 : 204).end();
    const process = sender();
    const jobId = await workingFor({ jobId: 'another', platform: 'cli', stage: 'reading' }, end);
    await said.until((lines) => lines.length === 1);
    clock.skip(HOUR_MS);
    process.wake();
    await said.until((lines) => lines.length === 2);
    jest.spyOn(storage.outbox, 'settle').mockRejectedValue(new Error('the database is away'));
    const other = await end();
    await said.until((lines) => lines.length === 3);
    spies.forEach((spy) => spy.mockRestore());
    expect(said.entries).toMatchObject([
      { jobId, platform: 'api', stage: 'telling', msg: 'A webhook could not be told' },
      { jobId, platform: 'api', stage: 'told', attempts: 2, msg: 'A webhook was told' },
      { jobId: other, platform: 'api', stage: 'telling', msg: 'What came of a message is not known' },
    ]);
  });

  it('sends again, with the same id, until it arrives', async () => {
    const id = await add();
    receiver.answer = (response, count) =>
      void response.writeHead([500, 302, 204][count - 1] ?? 500, { location: '/x' }).end();
    const process = sender();
    await end();
    expect(await waitsAgain(id, 1)).toMatchObject({ status: 500, problem: 'The server answered 500.' });
    for (const attempts of [2, 3]) {
      clock.skip(HOUR_MS);
      process.wake();
      await receiver.messages(attempts);
    }
    const [delivery] = await settled(id);
    expect(delivery).toMatchObject({ state: 'delivered', attempts: 3, status: 204 });
    expect(new Set(receiver.received.map((message) => message.id))).toEqual(new Set([delivery?.id]));
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    // Redirects were not followed.
    expect(receiver.received).toHaveLength(3);
  });

  it('wakes by itself when the time has come', async () => {
    const id = await add();
    await end();
    const [due] = await storage.outbox.due(1, clock.now(), []);
    await storage.outbox.claim(
      due?.id ?? '',
      { owner: 'test', until: new Date(Date.now() + 60_000) },
      clock.now(),
    );
    const nextAt = new Date(Date.now() + 200);
    await storage.outbox.settle(
      due?.id ?? '',
      'test',
      { state: 'waiting', nextAt, problem: 'No.' },
      clock.now(),
    );
    sender();
    expect(await settled(id)).toMatchObject([{ state: 'delivered', attempts: 2 }]);
    expect(Date.now()).toBeGreaterThanOrEqual(nextAt.getTime());
  });

  it('sends each message once, however many processes there are', async () => {
    const others = await Promise.all([1, 2].map(() => openTestStorage(storage.dataDir)));
    const id = await add();
    for (const at of [storage, ...others]) sender(at);
    await Promise.all(Array.from({ length: 12 }, end));
    await settled(id, 12);
    expect(receiver.received).toHaveLength(12);
    expect(new Set(receiver.received.map((message) => message.id)).size).toBe(12);
    await Promise.all(senders.splice(0).map((each) => each.onModuleDestroy()));
    await Promise.all(others.map((at) => at.close()));
  });

  it('lets a slow receiver hold up nobody else', async () => {
    const slow = await add('&slow');
    const held: (() => void)[] = [];
    const answerAtOnce = receiver.answer;
    const ids = [];
    for (let index = 0; index < 10; index++) ids.push(await end());
    const quick = await add();
    ids.push(await end());
    receiver.answer = (response, count) => {
      if (receiver.received[count - 1]?.path.endsWith('slow'))
        held.push(() => void response.writeHead(204).end());
      else answerAtOnce(response, count);
    };
    sender();
    await settled(quick);
    expect(held.length).toBeLessThanOrEqual(2);
    receiver.answer = answerAtOnce;
    held.forEach((release) => release());
    await settled(slow, 11);
  });

  it('hands back what is on its way when it ends, as if it had not begun', async () => {
    const id = await add();
    receiver.answer = () => undefined;
    const process = sender();
    await end();
    await receiver.messages(1);
    await process.onModuleDestroy();
    expect(await storage.webhooks.deliveries(id, 1)).toMatchObject([{ state: 'waiting', attempts: 0 }]);
    receiver.answer = (response) => void response.writeHead(200).end();
    sender();
    await settled(id);
    expect(receiver.received.map((message) => message.id)).toEqual(Array(2).fill(receiver.received[0]?.id));
  });

  it('takes up what a process left behind that died', async () => {
    const id = await add();
    await end();
    const [due] = await storage.outbox.due(1, clock.now(), []);
    await storage.outbox.claim(
      due?.id ?? '',
      { owner: 'dead', until: new Date(Date.now() + 60_000) },
      clock.now(),
    );
    const process = sender();
    clock.skip(61_000);
    process.wake();
    expect(await settled(id)).toMatchObject([{ state: 'delivered', attempts: 2 }]);
    await Promise.all(senders.splice(0).map((each) => each.onModuleDestroy()));

    // A sole process need not wait until the lease of its predecessor ends.
    await end();
    const [next] = await storage.outbox.due(1, clock.now(), []);
    const until = new Date(clock.now().getTime() + 60_000);
    await storage.outbox.claim(next?.id ?? '', { owner: 'dead', until }, clock.now());
    sender(storage, true);
    await settled(id, 2);
  });

  it('stops sending to who says that it is gone', async () => {
    const id = await add();
    receiver.answer = (response) => void response.writeHead(410).end();
    sender();
    await end();
    await settled(id);
    expect(await storage.webhooks.find(id)).toMatchObject({
      disabled: { reason: expect.stringContaining('nobody wants') },
    });
  });
});
