import { join } from 'node:path';
import { NewWebhookView, WebhookDeliveryView } from '../../src/api/webhooks/webhook.view';
import { ApiClient } from '../support/api-client';
import { HarkProcess } from '../support/hark-process';
import { NOTES } from '../support/notes';
import { startRedis } from '../support/redis';
import { startService } from '../support/service-in-process';
import { WebhookReceiver } from '../support/webhook-receiver';

const NOTE = NOTES[0]!;
const json = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

describe('webhooks and processes', () => {
  it('outlive a crash: what had not arrived arrives after the restart, as the same message', async () => {
    await using receiver = await WebhookReceiver.start();
    await using hark = await HarkProcess.start({ MEDIA_ALLOW_HOSTS: receiver.host });
    await hark.call('/api/v1/webhooks', json({ url: receiver.url }));
    const crash = Promise.withResolvers<void>();
    // Killed while the receiver has the message and has not answered yet.
    receiver.answer = () => crash.resolve(hark.end('SIGKILL').then(() => undefined));
    const { id } = await hark.submit(join(__dirname, '../support/audio', NOTE.file));
    await crash.promise;
    receiver.answer = (response) => void response.writeHead(204).end();
    await hark.start();
    const [first, second] = await receiver.messages(2);
    expect([second?.id, second?.message.data.job?.id]).toEqual([first?.id, id]);
    expect(second?.message.data.job?.text).toBe(NOTE.text);
  }, 120_000);

  it('share the work: each message is sent by one process, whichever did the job', async () => {
    const redis = await startRedis();
    await using receiver = await WebhookReceiver.start();
    const variables = { REDIS_URL: redis.url, MEDIA_ALLOW_HOSTS: receiver.host };
    const whole = await startService(variables);
    const others = [1, 2].map(() => startService({ ...variables, ROLES: 'api', DATA_DIR: whole.dataDir }));
    const [first, second] = (await Promise.all(others)).map(({ url }) => new ApiClient(url));
    const { body: webhook } = await first!.post<NewWebhookView>('/webhooks', json({ url: receiver.url }));
    const jobs = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((n) => (n % 2 ? first! : second!).note(NOTE.file, { prompt: `${n}` })),
    );
    const received = await receiver.messages(jobs.length);
    expect(received.map(({ message }) => message.data.job?.id).sort()).toEqual(
      jobs.map(({ body }) => body.id).sort(),
    );
    const settled = async (): Promise<WebhookDeliveryView[]> => {
      const { body } = await second!.get<WebhookDeliveryView[]>(`/webhooks/${webhook.id}/deliveries`);
      return body.every(({ state }) => state === 'delivered') ? body : settled();
    };
    expect((await settled()).map(({ attempts }) => attempts)).toEqual(jobs.map(() => 1));
    expect(receiver.received).toHaveLength(jobs.length);
    for (const each of await Promise.all(others)) await each.close();
    await whole.close();
    await redis.stop();
  }, 120_000);
});
