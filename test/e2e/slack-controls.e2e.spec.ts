import { auditedBy } from '../support/audit';
import { spokenIn } from '../support/notes';
import { elementsOf } from '../support/slack-server/slack-elements';
import { Json, User } from '../support/slack-server/slack-model';
import { SlackVisit, audio, says, textOfHome, uses } from '../support/slack-visit';

const HELLO = spokenIn('01-en.ogg');
const CODE = spokenIn('02-en.ogg');
const DANKE = spokenIn('03-de.ogg');

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
