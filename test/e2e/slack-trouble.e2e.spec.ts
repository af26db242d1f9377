import { HealthRegistry } from '../../src/core/health.registry';
import { spokenIn } from '../support/notes';
import { User } from '../support/slack-server/slack-model';
import { SlackVisit, audio, says } from '../support/slack-visit';

const HELLO = spokenIn('01-en.ogg');
const CODE = spokenIn('02-en.ogg');

let visit: SlackVisit;
let mara: User;
beforeAll(async () => {
  visit = await SlackVisit.start('Socket Mode');
  mara = visit.slack.world.addUser({ name: 'mara' });
}, 60_000);
afterAll(() => visit[Symbol.asyncDispose]());

describe('Slack', () => {
  it('loses nothing when the socket is refreshed during a job', async () => {
    const { slack } = visit;
    const channel = await visit.automaticChannel(mara);
    const held = Promise.withResolvers<void>();
    slack.faults.next({ method: 'download', kind: 'hold', until: held.promise });
    const clip = { user: mara, channel, files: [{ content: audio('01-en.ogg') }] };
    const { message: before } = slack.shareFile(clip);
    await slack.waitFor('the download', () => slack.log.downloads.length > 0);
    await slack.refreshSocket();
    const { message: after } = slack.shareFile({ ...clip, files: [{ content: audio('02-en.ogg') }] });
    held.resolve();
    await visit.answer(channel, before.ts, HELLO);
    await visit.answer(channel, after.ts, CODE);
    expect(visit.own(channel)).toHaveLength(2);
  }, 60_000);

  it('answers direct messages, and files of which the event says nothing', async () => {
    const { slack } = visit;
    const channel = slack.world.im(mara);
    const files = [{ content: audio('02-en.ogg'), access: 'check_file_info' as const, mimetype: '' }];
    const { message } = slack.shareFile({ user: mara, channel, files });
    await visit.answer(channel, message.ts, CODE);
    slack.people.say({ user: mara, channel, text: 'hello?' });
    await visit.toldIn(channel, mara, (told) => says(told, '/transcribe'));
    expect(await visit.jobsIn(channel)).toHaveLength(1);
  }, 60_000);

  it.each([
    ['ratelimited', { kind: 'ratelimited', retryAfter: 1 }],
    ['a 5xx', { kind: 'status', status: 503 }],
    ['a connection dropped before', { kind: 'drop', when: 'before' }],
    ['a connection dropped after', { kind: 'drop', when: 'after' }],
  ] as const)(
    'answers exactly once in spite of %s',
    async (_, fault) => {
      const { slack } = visit;
      const channel = await visit.automaticChannel(mara);
      const fits = (params: Record<string, unknown>) => params.channel === channel.id;
      // The first meets "listening", the second the answer.
      slack.faults.next({ method: 'chat.postMessage', times: 2, fits, ...fault });
      slack.faults.next({ method: 'chat.update', fits, ...fault });
      slack.faults.next({ method: 'users.info', ...fault });
      const { message } = slack.shareFile({ user: mara, channel, files: [{ content: audio('01-en.ogg') }] });
      await visit.answer(channel, message.ts, HELLO);
      const [job] = await visit.jobsIn(channel);
      expect(job).toMatchObject({ attempts: 1 });
      const posts = slack.log.callsOf('chat.postMessage').filter(({ params }) => fits(params));
      expect(posts.filter(({ fault: met }) => met !== undefined).length).toBeGreaterThan(0);
      expect(visit.own(channel)).toHaveLength(1);
      slack.faults.clear();
    },
    60_000,
  );

  it('reads a file by its own event where no message comes', async () => {
    const { slack } = visit;
    const channel = await visit.automaticChannel(mara);
    slack.events.subscriptions = new Set(['file_shared']);
    const files = [{ content: audio('01-en.ogg') }, { content: audio('02-en.ogg') }];
    const { message } = slack.shareFile({ user: mara, channel, files });
    await visit.answer(channel, message.ts, HELLO);
    const answer = await visit.answer(channel, message.ts, CODE);
    slack.events.subscriptions = undefined;
    expect(visit.own(channel)).toEqual([answer]);
    expect((await visit.jobsIn(channel)).map(({ position }) => position).sort()).toEqual([0, 1]);
  }, 60_000);
});

// The last: what was taken away does not come back.
describe('Slack without files:read', () => {
  it('tells the user in one sentence that a permission is missing, and the admin which one', async () => {
    const { slack } = visit;
    const channel = await visit.automaticChannel(mara);
    slack.world.team().bot.scopes.delete('files:read');
    const { message } = slack.shareFile({ user: mara, channel, files: [{ content: audio('01-en.ogg') }] });
    await visit.answer(
      channel,
      message.ts,
      'hark lacks a permission in this workspace; an admin can grant it.',
    );
    expect(await visit.jobsIn(channel)).toMatchObject([
      { status: 'failed', error: { code: 'scope_missing', params: { scope: 'files:read' } } },
    ]);
    const report = await visit.hark.app.get(HealthRegistry, { strict: false }).report();
    expect(report.filter(({ state }) => state === 'broken')).toMatchObject([
      {
        name: expect.stringContaining('slack') as string,
        detail: expect.stringContaining('files:read') as string,
      },
    ]);
  }, 60_000);
});
