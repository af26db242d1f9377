import { HealthRegistry } from '../../src/core/health.registry';
import { auditedBy } from '../support/audit';
import { SlackVisit, audio, says, textOfHome } from '../support/slack-visit';
import { elementsOf } from '../support/slack-server/slack-elements';
import { Json, User } from '../support/slack-server/slack-model';

const HELLO = 'Hello Peter, please bring three white flowers.';
const CODE = 'The code is eleven five eleven two.';
const DANKE = 'Danke Peter, ich bin am Bahnhof.';
const CALL = 'Please call Thomas on Friday at three.';

describe.each(['Socket Mode', 'HTTP'] as const)('Slack over %s', (transport) => {
  let visit: SlackVisit;
  let mara: User;
  beforeAll(async () => {
    visit = await SlackVisit.start(transport);
    mara = visit.slack.world.addUser({ name: 'mara' });
  }, 60_000);
  afterAll(() => visit[Symbol.asyncDispose]());

  it('answers a clip in an automatic channel in its thread, once, however often its events come', async () => {
    const { slack } = visit;
    const channel = await visit.automaticChannel(mara);
    slack.deliveries.duplicateEvents = true;
    slack.deliveries.loseAcks(2);
    const { message, deliveries } = slack.shareFile({
      user: mara,
      channel,
      files: [{ content: audio('01-en.ogg'), mimetype: '' }],
    });
    const answer = await visit.answer(channel, message.ts, HELLO);
    slack.deliveries.duplicateEvents = false;
    for (const delivery of deliveries) await slack.deliveries.redeliver(delivery);
    expect(await visit.acknowledged()).toBeLessThan(3_000);
    expect(await visit.jobsIn(channel)).toHaveLength(1);
    expect(visit.own(channel)).toEqual([answer]);
    expect(answer.revisions.length).toBeGreaterThan(0);
  }, 60_000);

  it('answers /transcribe with a link', async () => {
    const { slack } = visit;
    const channel = slack.world.addChannel({ creator: mara });
    const command = {
      user: mara,
      channel,
      command: '/transcribe',
      text: `${visit.link('03-de.ogg')} german`,
    };
    const { state, attempts } = await slack.gestures.command(command);
    expect([state, attempts[0]?.latencyMs]).toEqual(['acked', expect.any(Number)]);
    await slack.waitForMessage(channel, (message) => says(message, DANKE), 25_000);
    expect(visit.own(channel)).toHaveLength(1);
    const [job] = await visit.jobsIn(channel);
    expect(job).toMatchObject({ options: { language: 'de' }, requester: { id: mara.id, name: 'mara' } });
    for (const [text, answer] of [
      ['', 'Usage: /transcribe'],
      ['nonsense', 'Usage: /transcribe'],
      [`${visit.link('01-en.ogg')} klingon`, 'does not know this language'],
    ] as const) {
      await slack.gestures.command({ ...command, text });
      await visit.toldIn(channel, mara, (told) => says(told, answer));
    }
    expect(await visit.jobsIn(channel)).toHaveLength(1);
  }, 60_000);

  it('answers the shortcut, and says when the answer is there already', async () => {
    const { slack } = visit;
    const peter = slack.world.addUser({ name: 'peter' });
    const channel = slack.world.addChannel({ creator: mara, members: [peter] });
    const { message } = slack.shareFile({ user: mara, channel, files: [{ content: audio('02-en.ogg') }] });
    const { state } = await slack.gestures.shortcut(peter, message, 'transcribe_message');
    expect(state).toBe('acked');
    await visit.answer(channel, message.ts, CODE);
    expect(await visit.jobsIn(channel)).toMatchObject([
      { author: { id: mara.id }, requester: { id: peter.id } },
    ]);
    await slack.gestures.shortcut(mara, message, 'transcribe_message');
    await visit.toldIn(channel, mara, (told) => says(told, 'below that recording already'));
    const { message: words } = slack.people.say({ user: mara, channel, text: 'only words' });
    await slack.gestures.shortcut(mara, words, 'transcribe_message');
    await visit.toldIn(channel, mara, (told) => says(told, 'no recording in this message'));
    expect(await visit.jobsIn(channel)).toHaveLength(1);
  }, 60_000);

  it('answers a mention that brings a file, stands below one, or brings a link', async () => {
    const { slack } = visit;
    const channel = slack.world.addChannel({ creator: mara });
    const mention = `<@${slack.botUserId}>`;
    const clip = { user: mara, channel, files: [{ content: audio('04-en.ogg') }] };
    const { message: note } = slack.shareFile(clip);
    slack.deliveries.duplicateEvents = true;
    const { message: first } = slack.shareFile({ ...clip, text: `${mention} please` });
    await visit.answer(channel, first.ts, CALL);
    slack.people.say({ user: mara, channel, text: `${mention} and this?`, threadTs: note.ts });
    await visit.answer(channel, note.ts, CALL);
    const { message: linked } = slack.people.say({
      user: mara,
      channel,
      text: `${mention} ${visit.link('02-en.ogg')}`,
    });
    await visit.answer(channel, linked.ts, CODE);
    await visit.acknowledged();
    slack.deliveries.duplicateEvents = false;
    expect(visit.own(channel)).toHaveLength(3);
    expect(await visit.jobsIn(channel)).toHaveLength(3);
    expect(slack.log.callsOf('chat.postEphemeral')).toEqual([]);
    slack.people.say({ user: mara, channel, text: `${mention} again!`, threadTs: note.ts });
    await visit.toldIn(channel, mara, (told) => says(told, 'below that recording already'));
  }, 60_000);
});

describe('Slack', () => {
  let visit: SlackVisit;
  let mara: User;
  let peter: User;
  beforeAll(async () => {
    visit = await SlackVisit.start('Socket Mode');
    mara = visit.slack.world.addUser({ name: 'mara' });
    peter = visit.slack.world.addUser({ name: 'peter', locale: 'de-DE' });
  }, 60_000);
  afterAll(() => visit[Symbol.asyncDispose]());

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

  it('lets only the creator and admins change a channel, and only admins the workspace', async () => {
    const { slack } = visit;
    const admin = slack.world.addUser({ name: 'ada', isAdmin: true });
    const channel = slack.world.addChannel({ creator: mara, members: [peter, admin] });
    const settings = { channel, command: '/hark', text: 'settings' };
    await slack.gestures.command({ ...settings, user: peter });
    await visit.toldIn(channel, peter, (told) => says(told, 'Admins'));
    await slack.gestures.command({ ...settings, user: mara });
    const own = await visit.toldIn(channel, mara, ({ blocks }) => blocks !== undefined);
    await expect(async () => slack.gestures.act(mara, own, 'hark-settings:server:show')).rejects.toThrow(
      'There is no',
    );
    await slack.gestures.command({ ...settings, user: admin });
    const panel = await visit.toldIn(channel, admin, ({ blocks }) => blocks !== undefined);
    await slack.gestures.act(admin, panel, 'hark-settings:server:show');
    await slack.waitFor('the workspace', () => says(panel, 'Whole workspace'));
    await slack.gestures.act(admin, panel, 'hark-settings:server:who-may-ask', 'everyone');
    await slack.waitFor('the change', () => panel.revisions.length > 1);
    const changes = await auditedBy(visit.hark.app, 'place.change', 1);
    expect(changes.find(({ actor }) => actor === `slack:${admin.id}`)).toMatchObject({
      target: `slack:server:${channel.teamId}`,
      detail: 'whoMayAsk',
      outcome: 'done',
    });
    await slack.gestures.command({
      user: mara,
      channel: slack.world.im(mara),
      command: '/hark',
      text: 'settings',
    });
    await visit.toldIn(slack.world.im(mara), mara, (told) => says(told, 'in channels only'));
  }, 60_000);

  it('respects who does not want to be transcribed', async () => {
    const { slack } = visit;
    const channel = await visit.automaticChannel(mara);
    slack.channels.join(channel, peter);
    await slack.gestures.command({ user: peter, channel, command: '/hark', text: 'privacy' });
    const panel = await visit.toldIn(channel, peter, ({ blocks }) => blocks !== undefined);
    await slack.gestures.act(peter, panel, 'hark-privacy:opt-out');
    await slack.waitFor('the choice', () => says(panel, 'gespeichert'));
    const silent = slack.shareFile({ user: peter, channel, files: [{ content: audio('01-en.ogg') }] });
    await visit.acknowledged();
    await slack.gestures.shortcut(mara, silent.message, 'transcribe_message');
    await visit.toldIn(channel, mara, (told) => says(told, 'asked not to be transcribed'));
    expect(await visit.jobsIn(channel)).toEqual([]);
    await slack.gestures.act(peter, panel, 'hark-privacy:opt-in');
    await slack.waitFor('the other choice', () => uses(panel.blocks, 'hark-privacy:opt-out'));
  }, 60_000);

  it('does what the buttons say', async () => {
    const { slack } = visit;
    const channel = await visit.automaticChannel(mara);
    slack.channels.join(channel, peter);
    const { message } = slack.shareFile({ user: mara, channel, files: [{ content: audio('03-de.ogg') }] });
    const answer = await visit.answer(channel, message.ts, DANKE);
    await slack.waitFor('the buttons', () => uses(answer.blocks, 'hark:srt'));
    await slack.gestures.act(peter, answer, 'hark:private-copy');
    const copy = await visit.toldIn(channel, peter, (told) => says(told, DANKE));
    expect(uses(copy.blocks, 'hark:')).toBe(false);
    await slack.gestures.act(peter, answer, 'hark:srt');
    await visit.toldIn(channel, peter, (told) => says(told, 'private Nachricht'));
    const file = await slack.waitForMessage(slack.world.im(peter), ({ fileIds }) => fileIds.length > 0);
    expect(slack.world.files.get(file.fileIds[0] ?? '')?.content.toString()).toContain('-->');
    await slack.gestures.act(peter, answer, 'hark:translate');
    await visit.toldIn(channel, peter, (told) => says(told, 'Thank you Peter'));
    expect(says(answer, 'German')).toBe(true);
    await slack.gestures.act(mara, answer, 'hark:try-again');
    const menus = await visit.toldIn(channel, mara, ({ blocks }) => uses(blocks, 'hark:retry-language'));
    await slack.gestures.act(mara, menus, 'hark:retry-language', 'de');
    await slack.waitFor('the new start', () => says(menus, 'Listening once more'));
    // The language was told this time, so it is no news.
    await slack.waitFor(
      'the answer anew',
      () => says(answer, DANKE) && uses(answer.blocks, 'hark:srt') && !says(answer, 'German'),
      25_000,
    );
    expect((await visit.jobsIn(channel)).map(({ options }) => options.language)).toContain('de');
    await slack.gestures.act(peter, answer, 'hark:delete');
    await visit.toldIn(channel, peter, (told) => says(told, 'Löschen dürfen nur'));
    await slack.gestures.act(mara, answer, 'hark:delete');
    await slack.waitFor('the answer to go', () => !slack.world.message(channel.id, answer.ts));
    expect((await visit.jobsIn(channel)).filter(({ private: hidden }) => !hidden)).toEqual([]);
  }, 90_000);

  it('takes the transcript away with its note, or its channel', async () => {
    const { slack } = visit;
    const channel = await visit.automaticChannel(mara);
    const clip = { user: mara, channel, files: [{ content: audio('01-en.ogg') }] };
    const { message } = slack.shareFile(clip);
    const answer = await visit.answer(channel, message.ts, HELLO);
    // It has replies, so a stone stays.
    slack.people.deleteMessage(message);
    await slack.waitFor('the answer to go', () => !slack.world.message(channel.id, answer.ts));
    await visit.erased(channel);
    const { message: other } = slack.shareFile(clip);
    await visit.answer(channel, other.ts, HELLO);
    await visit.hark.cleared();
    slack.channels.delete(channel, mara);
    await visit.erased(channel);
  }, 60_000);

  it('shows everybody their own transcripts, choices and channels in the App Home', async () => {
    const { slack } = visit;
    const anna = slack.world.addUser({ name: 'anna' });
    const channel = await visit.automaticChannel(anna);
    for (const [name, words] of [
      ['01-en.ogg', HELLO],
      ['02-en.ogg', CODE],
    ] as const) {
      const { message } = slack.shareFile({ user: anna, channel, files: [{ content: audio(name) }] });
      await visit.answer(channel, message.ts, words);
    }
    slack.views.openHome(anna);
    const shown = (words: string) =>
      slack.waitFor(`a Home with ${words}`, () => {
        const view = slack.views.homeOf(anna.id);
        return textOfHome(view).includes(words) ? view : undefined;
      });
    let home = await shown(HELLO);
    expect(textOfHome(home)).toContain(CODE);
    await slack.gestures.actInView(anna, home, 'hark-home:search', 'flowers');
    home = await slack.waitFor('what was found', () => {
      const view = slack.views.homeOf(anna.id);
      return view && !textOfHome(view).includes(CODE) ? view : undefined;
    });
    expect(textOfHome(home)).toContain(HELLO);
    await slack.gestures.actInView(anna, home, 'hark-privacy:opt-out');
    home = await shown('Your choice was saved');
    await slack.gestures.actInView(anna, home, 'hark-home:channel', channel.id);
    const homeWith = (part: string) =>
      slack.waitFor(`a Home with ${part}`, () => {
        const view = slack.views.homeOf(anna.id);
        return view && uses(view.content.blocks, part) ? view : undefined;
      });
    home = await homeWith('hark-settings:channel:automatic');
    await slack.gestures.actInView(anna, home, 'hark-settings:channel:automatic', 'off');
    await slack.waitFor('the change', () => {
      const blocks = slack.views.homeOf(anna.id)?.content.blocks as Json[] | undefined;
      const menu = elementsOf(blocks ?? []).find(({ element }) =>
        String(element.action_id).endsWith('automatic'),
      );
      return (menu?.element.initial_option as Json | undefined)?.value === 'off';
    });
    await slack.gestures.actInView(anna, home, 'hark-privacy:erase');
    home = await homeWith('hark-privacy:erase-now');
    await slack.gestures.actInView(anna, home, 'hark-privacy:erase-now');
    await shown('2 transcripts were erased');
    expect(await visit.jobsIn(channel)).toEqual([]);
  }, 60_000);

  it('tells how it is doing, and what it can do', async () => {
    const { slack } = visit;
    const channel = slack.world.addChannel({ creator: mara });
    for (const [text, words] of [
      ['status', 'How hark is doing'],
      ['', 'Usage: /transcribe'],
      ['nonsense', 'That command is unknown'],
    ] as const) {
      await slack.gestures.command({ user: mara, channel, command: '/hark', text });
      const told = await visit.toldIn(channel, mara, ({ blocks }) => uses(blocks, words));
      expect(told.via).toBe('response_url');
    }
  });
});

describe('Slack without files:read', () => {
  it('tells the user in one sentence that a permission is missing, and the admin which one', async () => {
    await using visit = await SlackVisit.start('Socket Mode');
    const { slack } = visit;
    const mara = slack.world.addUser({ name: 'mara' });
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

/** Whether a control or text among the blocks has it. */
function uses(blocks: unknown, part: string): boolean {
  return (JSON.stringify(blocks) ?? '').includes(part);
}
