import { JOB_STATUSES } from '../../../src/core/job';
import { WEBHOOK_EVENTS, Webhook, WebhookEvent } from '../../../src/core/webhook';
import { jobIn, lease } from '../../support/job-stages';
import { TestStorage } from '../../support/storage';
import { StorageUnderTest } from './storage-under-test';

const URL = 'https://marked-host.example/marked-path';
const SECRET = new Uint8Array(Buffer.from('marked-secret-of-a-webhook'));

/** Who is told when jobs end, and what has been told. */
export function describeWebhookOutbox(under: StorageUnderTest): void {
  describe('webhooks', () => {
    let storage: TestStorage;
    beforeEach(async () => void (storage = await under.open()));
    afterEach(() => storage.close());

    // Later than anything that ends while a test runs.
    const begun = Date.now() + 600_000;
    const at = (seconds: number): Date => new Date(begun + seconds * 1_000);
    const add = (events: readonly WebhookEvent[] = WEBHOOK_EVENTS): Promise<Webhook> =>
      storage.webhooks.add({ url: URL, events, secret: SECRET }, new Date());
    const due = async (except: string[] = [], now = at(0)) =>
      (await storage.outbox.due(50, now, except)).map(({ id }) => id);
    const all = (id: string) => storage.webhooks.deliveries(id, 50);
    const claim = async (id: string, owner: string, seconds = 0) =>
      storage.outbox.claim(id, { owner, until: at(seconds + 60) }, at(seconds));

    it('are kept with their address and secret, which only the key opens', async () => {
      const { id } = await add(['done']);
      const other = await under.openAgain(storage);
      expect(await other.webhooks.list()).toMatchObject([{ id, url: URL, events: ['done'] }]);
      const ping = await other.outbox.addPing(id, lease(), new Date());
      expect(ping?.target).toEqual({ url: URL, secret: SECRET });
      await other.close();
      expect(await storage.webhooks.find('none')).toBeUndefined();
      expect(await storage.outbox.addPing('none', lease(), new Date())).toBeUndefined();
      expect(await storage.webhooks.erase(id)).toBe(true);
      expect(await storage.webhooks.erase(id)).toBe(false);
      expect(await storage.webhooks.list()).toEqual([]);
    });

    it.each(JOB_STATUSES.flatMap((status) => [true, false].map((chat) => [status, chat] as const)))(
      'are told of a job that is %s (in chat: %s), if that is its end and they want to know',
      async (status, chat) => {
        if (status === 'delivering' && !chat) return;
        const every = await add();
        const one = await add(['failed']);
        const { id: jobId } = await jobIn(storage, status, chat);
        const event = WEBHOOK_EVENTS.find((name) => name === status);
        const told = event ? [expect.objectContaining({ jobId, event, state: 'waiting', attempts: 0 })] : [];
        expect(await all(every.id)).toEqual(told);
        expect(await all(one.id)).toHaveLength(status === 'failed' ? 1 : 0);
        expect(await due()).toHaveLength((event ? 1 : 0) + (status === 'failed' ? 1 : 0));
        const job = await storage.jobs.find(jobId);
        for (const delivery of await all(every.id)) {
          expect(delivery.happenedAt).toEqual(job?.finishedAt);
          expect(delivery.error).toEqual(job?.error);
        }
      },
    );

    it('are told of every end of a job that was tried again, and of none of a job that was erased', async () => {
      const { id: webhookId } = await add();
      const { id } = await jobIn(storage, 'failed', false);
      await storage.jobs.retry(id, new Date());
      await storage.jobs.cancel(id, new Date());
      expect((await all(webhookId)).map(({ event }) => event)).toEqual(['cancelled', 'failed']);
      await storage.jobs.erase(id);
      expect(await all(webhookId)).toEqual([]);
    });

    it('are sent each message by one process, until its lease ends', async () => {
      const { id: webhookId } = await add();
      await jobIn(storage, 'cancelled', false);
      const [id = ''] = await due();
      const other = await under.openAgain(storage);
      const claims = await Promise.all([
        claim(id, 'one'),
        other.outbox.claim(id, { owner: 'two', until: at(60) }, at(0)),
      ]);
      expect(claims.filter((claimed) => claimed !== undefined)).toHaveLength(1);
      await other.close();
      expect(await due()).toEqual([]);
      expect((await storage.outbox.nextDueAt(at(0)))?.getTime()).toBeGreaterThan(at(30).getTime());
      expect(await due([], at(61))).toEqual([id]);
      expect(await claim(id, 'three', 61)).toMatchObject({ webhookId, attempts: 2, target: { url: URL } });
      const delivered = { state: 'delivered', status: 204 } as const;
      expect(await storage.outbox.settle(id, claims[0] ? 'one' : 'two', delivered, at(62))).toBe(false);
      expect(await storage.outbox.settle(id, 'three', delivered, at(62))).toBe(true);
      expect(await claim(id, 'four', 600)).toBeUndefined();
      expect(await all(webhookId)).toMatchObject([{ state: 'delivered', status: 204, attempts: 2 }]);
    });

    it('wait for the next attempt, and say what was wrong with the last', async () => {
      const { id: webhookId } = await add();
      await jobIn(storage, 'cancelled', false);
      const [id = ''] = await due();
      await claim(id, 'one');
      const again = { state: 'waiting', nextAt: at(30), status: 500, problem: 'It answered 500.' } as const;
      expect(await storage.outbox.settle(id, 'one', again, at(1))).toBe(true);
      expect([await due(), await due([], at(31)), await due([webhookId], at(31))]).toEqual([[], [id], []]);
      expect(await storage.outbox.nextDueAt(at(2))).toEqual(again.nextAt);
      expect(await storage.webhooks.find(webhookId)).toMatchObject({ failingSince: at(1) });
      await claim(id, 'two', 31);
      const back = { state: 'waiting', nextAt: at(31), problem: '', uncounted: true } as const;
      await storage.outbox.settle(id, 'two', back, at(32));
      expect(await all(webhookId)).toMatchObject([{ attempts: 1, status: 500, problem: 'It answered 500.' }]);
      await claim(id, 'three', 33);
      await storage.outbox.settle(id, 'three', { state: 'delivered', status: 200 }, at(34));
      expect(await storage.webhooks.find(webhookId)).not.toHaveProperty('failingSince');
      expect((await all(webhookId))[0]).not.toHaveProperty('problem');
    });

    it('are switched off with all that waits, and on again for what comes then', async () => {
      const { id: webhookId } = await add();
      for (let index = 0; index < 3; index++) await jobIn(storage, 'cancelled', false);
      const [id = ''] = await due();
      await claim(id, 'one');
      const last = { state: 'failed', problem: 'No.', disable: 'Gone for good.' } as const;
      await storage.outbox.settle(id, 'one', last, at(1));
      expect(await storage.webhooks.find(webhookId)).toMatchObject({
        disabled: { at: at(1), reason: 'Gone for good.' },
      });
      expect((await all(webhookId)).map(({ state }) => state)).toEqual(['failed', 'failed', 'failed']);
      await jobIn(storage, 'cancelled', false);
      expect(await due()).toEqual([]);
      expect(await storage.webhooks.enable(webhookId)).not.toHaveProperty('disabled');
      await jobIn(storage, 'cancelled', false);
      expect(await due()).toHaveLength(1);
    });

    it('keep the last fifty messages that are settled', async () => {
      const { id } = await add();
      for (let index = 0; index < 53; index++) {
        const ping = await storage.outbox.addPing(id, { owner: 'p', until: at(9) }, at(0));
        await storage.outbox.settle(ping?.id ?? '', 'p', { state: 'failed', problem: `${index}` }, at(index));
      }
      const kept = await storage.webhooks.deliveries(id, 200);
      expect([kept.length, kept[0]?.problem, kept.at(-1)?.problem]).toEqual([50, '52', '3']);
      expect(await storage.webhooks.find(id)).not.toHaveProperty('failingSince');
    });
  });
}
