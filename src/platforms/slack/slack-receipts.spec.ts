import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { INestApplication } from '@nestjs/common';
import { createService } from '../../app.module';
import { slackSettings } from '../../../test/support/slack-home';
import { Delivery } from '../../../test/support/slack-server/slack-delivery';
import { User } from '../../../test/support/slack-server/slack-model';
import { SlackServer } from '../../../test/support/slack-server/slack-server';
import { AnswerStore } from '../../core/answer-store';
import { HarkError } from '../../core/errors';
import { JobStore } from '../../core/job-store';
import { SlackHttpTransport } from './slack-http.transport';
import { SlackReceipts } from './slack-receipts';
import { SlackGateway } from './slack.gateway';

describe('the receipt for an event', () => {
  it('is due when the work is done, and never when it failed', async () => {
    const receipts = new SlackReceipts();
    await receipts.due('Ev1', () => Promise.resolve());
    await expect(receipts.due('Ev1', () => Promise.reject(new Error('no room')))).rejects.toThrow('no room');
    await receipts.due('Ev1', () => Promise.resolve());
  });

  it('is not due while the work takes too long; coming again, the event waits for the same work', async () => {
    const receipts = new SlackReceipts(20);
    const held = Promise.withResolvers<void>();
    const work = jest.fn(() => held.promise);
    await expect(receipts.due('Ev1', work)).rejects.toThrow();
    const again = receipts.due('Ev1', work);
    held.resolve();
    await again;
    expect(work).toHaveBeenCalledTimes(1);
  });
});

describe.each(['http', 'socket'] as const)('what Slack says over %s', (way) => {
  let slack: SlackServer;
  let service: INestApplication;
  let dataDir: string;
  let mara: User;

  /** hark with the role that talks to Slack, on a free port. */
  const start = async (): Promise<void> => {
    const http = { SLACK_SIGNING_SECRET: slack.signingSecret };
    service = await createService(slackSettings(slack, dataDir, ['bot'], way === 'http' ? http : undefined));
    await service.listen(0, '127.0.0.1');
    if (way === 'http') slack.deliverTo(`${await service.getUrl()}/slack/events`);
    else await slack.waitForSockets();
  };
  const jobs = (): JobStore => service.get(JobStore, { strict: false });
  const ask = (name = 'note'): Delivery => {
    const text = `https://example.org/${name}.ogg`;
    const [delivery] = slack.people.say({ user: mara, channel: slack.world.im(mara), text }).deliveries;
    return delivery!;
  };
  const outcome = (delivery: Delivery, attempt = 0) =>
    slack.waitFor('the outcome', () => delivery.attempts[attempt]?.outcome);
  const stored = async ({ body: { event } }: Delivery): Promise<number> => {
    const { channel, ts } = event as { channel: string; ts: string };
    return (await service.get(AnswerStore, { strict: false }).ofMessage('slack', channel, ts)).length;
  };

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'hark-slack-'));
    slack = await SlackServer.start();
    mara = slack.world.addUser({ name: 'mara' });
    await start();
  });

  afterEach(async () => {
    await service.close();
    await slack.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('is not acknowledged before it is stored', async () => {
    const store = jobs();
    const add = store.add.bind(store);
    const [reached, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    jest.spyOn(store, 'add').mockImplementation(async (...given) => {
      reached.resolve();
      await held.promise;
      return add(...given);
    });
    const delivery = ask();
    await reached.promise;
    // An acknowledgement that had been sent by now would have arrived before the answer to this.
    await fetch(`${await service.getUrl()}/health/live`);
    expect(delivery.attempts.map(({ outcome: ended }) => ended)).toEqual([undefined]);
    held.resolve();
    await slack.waitForAck(delivery);
    expect(await stored(delivery)).toBe(1);
  });

  it('is acknowledged when it is refused for good', async () => {
    jest.spyOn(jobs(), 'add').mockRejectedValue(new HarkError('media_too_large', 'The file is too large.'));
    const delivery = ask();
    await slack.waitForAck(delivery);
    expect(await stored(delivery)).toBe(0);
  });

  it('is left to whoever comes next by one that stops, also what is in its hands', async () => {
    const store = jobs();
    const [reached, stopped] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    jest.spyOn(store, 'add').mockImplementation(async () => {
      reached.resolve();
      await stopped.promise;
      throw new Error('the database is closed');
    });
    const inHand = ask();
    await reached.promise;
    const gateway = service.get(SlackGateway, { strict: false }).onModuleDestroy();
    if (way === 'http') service.get(SlackHttpTransport, { strict: false }).onModuleDestroy();
    stopped.resolve();
    await gateway;
    const late = ask('late');
    const command = { user: mara, channel: slack.world.im(mara), command: '/hark', text: 'help' };
    if (way === 'http') expect(await slack.gestures.command(command)).toMatchObject({ state: 'given_up' });
    if (way === 'http') {
      for (const delivery of [inHand, late])
        expect(await outcome(delivery)).toMatchObject({ ok: false, status: 503 });
    }
    await service.close();
    await start();
    slack.deliveries.retryNow();
    for (const delivery of [inHand, late]) {
      await slack.waitForAck(delivery);
      expect(await stored(delivery)).toBe(1);
    }
  });
});
