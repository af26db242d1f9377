import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NewWebhookView, WebhookDeliveryView, WebhookView } from '../../src/api/webhooks/webhook.view';
import { ProblemView } from '../../src/api/problems/problem.view';
import { JobStore } from '../../src/core/job-store';
import { ApiClient, Answer } from '../support/api-client';
import { newJob } from '../support/new-job';
import { NOTES } from '../support/notes';
import { RunningService, VIEWER_TOKEN, startService } from '../support/service-in-process';
import { isSignedWith, WebhookReceiver } from '../support/webhook-receiver';

const NOTE = NOTES[0]!;

describe('webhooks', () => {
  let receiver: WebhookReceiver;
  let service: RunningService;
  let api: ApiClient;

  beforeEach(async () => {
    receiver = await WebhookReceiver.start();
    service = await startService({ MEDIA_ALLOW_HOSTS: receiver.host });
    api = new ApiClient(service.url);
  });
  afterEach(async () => {
    await service.close();
    await receiver[Symbol.asyncDispose]();
  });

  const post = <T>(path: string, body: object = {}): Promise<Answer<T>> =>
    api.post<T>(path, { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  const add = async (more: object = {}): Promise<NewWebhookView> => {
    const { status, body } = await post<NewWebhookView>('/webhooks', { url: receiver.url, ...more });
    expect(status).toBe(201);
    return body;
  };

  it('are told how jobs end, signed, with the words that a viewer may read', async () => {
    const { id, secret, url, events } = await add();
    expect([url, events]).toEqual([receiver.url, ['done', 'failed', 'cancelled']]);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const { body: job } = await api.note(NOTE.file);
    const [first] = await receiver.messages(1);
    expect(first!.message).toEqual({
      type: 'job.done',
      timestamp: expect.any(String),
      data: { job: (await api.as(VIEWER_TOKEN).get(`/jobs/${job.id}`)).body },
    });
    expect(first!.message.data.job?.text).toBe(NOTE.text);
    expect(isSignedWith(secret, first!)).toBe(true);
    expect(isSignedWith(secret, { ...first!, body: first!.body.replace('done', 'gone') })).toBe(false);

    const { body: bad } = await api.link({ url: `http://${receiver.host}/nothing.ogg` });
    const [, second] = await receiver.messages(2);
    expect(second!.message).toMatchObject({
      type: 'job.failed',
      data: { job: { id: bad.id, status: 'failed', text: null, error: { code: expect.any(String) } } },
    });
    const shown = await api.get<WebhookDeliveryView[]>(`/webhooks/${id}/deliveries?limit=1`);
    expect(shown.body).toMatchObject([
      { id: second!.id, type: 'job.failed', state: 'delivered', attempts: 1 },
    ]);
  });

  it('get no private words', async () => {
    await add();
    const job = newJob();
    const store = service.app.get(JobStore, { strict: false });
    const { job: added } = await store.add({ ...job, note: { ...job.note, private: true } });
    await store.claim(added.id, { owner: 'o', until: new Date(Date.now() + 60_000) }, new Date());
    const transcript = { text: 'marked words', languageDetected: false, segments: [], seconds: 1 };
    await store.finish(added.id, 'o', { outcome: 'speech', transcript, media: {}, timings: {} }, new Date());
    // Any other end wakes the sender.
    const { body: other } = await api.link({ url: `http://${receiver.host}/x.ogg` });
    await api.ended(other.id);
    const messages = await receiver.messages(2);
    const told = messages.find(({ message }) => message.data.job?.id === added.id);
    expect(told?.message.data.job).toMatchObject({ private: true, text: null });
    expect(messages.map(({ body }) => body).join()).not.toContain('marked words');
  });

  it('are told of what they want to know, and of nothing any more once they are forgotten', async () => {
    const { id } = await add({ events: ['failed'] });
    const { id: every } = await add({ events: ['done', 'failed'] });
    await api.ended((await api.note(NOTE.file)).body.id);
    const [first] = await receiver.messages(1);
    expect(first?.message.type).toBe('job.done');
    expect((await api.get<WebhookDeliveryView[]>(`/webhooks/${id}/deliveries`)).body).toEqual([]);
    for (const each of [id, every])
      expect((await api.call('DELETE', `/api/v1/webhooks/${each}`)).status).toBe(204);
    expect((await api.get('/webhooks')).body).toEqual([]);
    expect((await api.get(`/webhooks/${id}`)).status).toBe(404);
  });

  it('show what came of a test message', async () => {
    const { id, secret } = await add({ secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' });
    expect(secret).toBe('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
    const arrived = await post<WebhookDeliveryView>(`/webhooks/${id}/ping`);
    expect(arrived.body).toMatchObject({ type: 'ping', state: 'delivered', status: 204, jobId: null });
    expect(isSignedWith(secret, receiver.received[0]!)).toBe(true);
    receiver.answer = (response) => void response.writeHead(301, { location: 'http://127.0.0.1:1/' }).end();
    const moved = await post<WebhookDeliveryView>(`/webhooks/${id}/ping`);
    expect(moved.body).toMatchObject({
      state: 'failed',
      status: 301,
      problem: 'The server answered 301, and redirects are not followed.',
    });
    expect((await post(`/webhooks/none/ping`)).status).toBe(404);
  });

  it('that were switched off say why, worry the health page, and can be switched on', async () => {
    receiver.answer = (response) => void response.writeHead(410).end();
    const { id } = await add();
    await api.ended((await api.note(NOTE.file)).body.id);
    const shown = async (): Promise<WebhookView> => (await api.get<WebhookView>(`/webhooks/${id}`)).body;
    while ((await shown()).disabledAt === null) await new Promise((resolve) => setImmediate(resolve));
    expect((await shown()).disabledReason).toMatch(/nobody wants/);
    const ready = await api.call<{ details: Record<string, { state: string }> }>('GET', '/health/ready');
    expect([ready.status, ready.body.details.webhooks?.state]).toEqual([200, 'warning']);
    expect((await post<WebhookView>(`/webhooks/${id}/enable`)).body).toMatchObject({ disabledAt: null });
  });

  it('are refused where hark does not go, and when something is wrong with them', async () => {
    const wrong: [object, string][] = [
      [{ url: 'http://10.0.0.1/' }, 'link_refused'],
      [{ url: 'http://example.org/' }, 'link_refused'],
      [{ url: 'nonsense' }, 'link_invalid'],
      [{ events: [] }, 'field_invalid'],
      [{ events: ['exploded'] }, 'field_invalid'],
      [{ events: 'done' }, 'field_invalid'],
      [{ secret: 'short' }, 'field_invalid'],
      [{ unknown: 1 }, 'field_invalid'],
    ];
    for (const [more, code] of wrong) {
      const { body } = await post<ProblemView>('/webhooks', { url: receiver.url, ...more });
      expect([more, body.code]).toEqual([more, code]);
    }
    for (let index = 0; index < 20; index++) await add();
    expect((await post<ProblemView>('/webhooks', { url: receiver.url })).body.code).toBe('webhook_limit');
  });

  it('leave neither their secret nor their address in the database', async () => {
    const { secret } = await add();
    await api.ended((await api.note(NOTE.file)).body.id);
    await receiver.messages(1);
    const entries = await readdir(service.dataDir, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    expect(names).toContain('secrets.key');
    const files = names.filter((name) => name.startsWith('hark.sqlite'));
    const contents = await Promise.all(files.map((name) => readFile(join(service.dataDir, name), 'latin1')));
    for (const text of [
      'marked-token',
      receiver.host,
      secret,
      Buffer.from(secret.slice(6), 'base64').toString('latin1'),
    ])
      expect(contents.join().includes(text)).toBe(false);
  });
});
