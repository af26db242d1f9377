import { GlossaryStore } from '../../src/core/glossary-store';
import { JobArchive } from '../../src/core/job-archive';
import { buttonsOf } from '../support/slack-bench';
import { PromptRecorder } from '../support/prompt-recorder';
import { Channel, Message, User, View } from '../support/slack-server/slack-model';
import { SlackVisit, audio, says, textOfHome } from '../support/slack-visit';

const HELLO = 'Hello Peter, please bring three white flowers.';
const BETTER = 'Hello Petra Müller, please bring three white tulips.';

describe('glossaries and corrections in Slack', () => {
  let engine: PromptRecorder;
  let visit: SlackVisit;
  let [boss, anna, ben]: User[] = [];
  beforeAll(async () => {
    engine = await PromptRecorder.start();
    visit = await SlackVisit.start('Socket Mode', {}, { WHISPER_SERVER_URL: engine.url });
    const { world } = visit.slack;
    boss = world.addUser({ name: 'boss', isAdmin: true });
    [anna, ben] = [world.addUser({ name: 'anna' }), world.addUser({ name: 'ben' })];
  }, 60_000);
  afterAll(async () => {
    await visit?.[Symbol.asyncDispose]();
    await engine?.[Symbol.asyncDispose]();
  });

  const modalOf = (user: User): Promise<View> =>
    visit.slack.waitFor('a form', () => visit.slack.views.modalsOf(user.id).at(-1));
  /** Until the form says this in its place. */
  const said = (view: View, words: string): Promise<true> =>
    visit.slack.waitFor(words, () => textOfHome(view).includes(words) || undefined);
  const glossary = async (user: User): Promise<View> => {
    await visit.slack.gestures.command({
      user,
      channel: visit.slack.world.im(user),
      command: '/hark',
      text: 'glossary',
    });
    return modalOf(user);
  };
  const answered = async (user: User): Promise<{ channel: Channel; answer: Message }> => {
    const channel = visit.slack.world.addChannel({ creator: user, members: [ben ?? user] });
    const { message } = visit.slack.shareFile({ user, channel, files: [{ content: audio('01-en.ogg') }] });
    await visit.slack.gestures.shortcut(user, message, 'transcribe_message');
    const answer = await visit.answer(channel, message.ts, HELLO);
    await visit.slack.waitFor('its buttons', () =>
      buttonsOf(answer.blocks ?? []).some(({ action }) => action === 'hark:fix'),
    );
    return { channel, answer };
  };
  const close = (user: User, view: View) => visit.slack.gestures.closeView(user, view);

  it('a term reaches the engine for the notes of the workspace, once an admin has added it', async () => {
    const form = await glossary(boss as User);
    await visit.slack.gestures.submitView(boss as User, form, { add: 'Petra, Zoë' });
    await said(form, '2 terms are in the glossary now.');
    await close(boss as User, form);
    await answered(anna as User);
    expect(engine.prompts.splice(0)).toEqual(['Zoë, Petra.']);
    const again = await glossary(boss as User);
    expect(textOfHome(again)).toContain('Petra, Zoë');
    await visit.slack.gestures.submitView(boss as User, again, { remove: ['Petra', 'Zoë'], add: '<!here>' });
    await said(again, 'A term is a name');
    await close(boss as User, again);
    const last = await glossary(boss as User);
    await visit.slack.gestures.submitView(boss as User, last, { remove: ['Petra', 'Zoë'] });
    await said(last, '2 terms were removed.');
    await close(boss as User, last);
    await answered(anna as User);
    expect(engine.prompts.splice(0)).toEqual(['']);

    const direct = visit.slack.world.im(ben as User);
    await visit.slack.gestures.command({
      user: ben as User,
      channel: direct,
      command: '/hark',
      text: 'glossary',
    });
    await visit.toldIn(direct, ben as User, (told) => says(told, 'Only the admins of the workspace'));
    expect(visit.slack.views.modalsOf((ben as User).id)).toEqual([]);
  }, 60_000);

  it('whoever spoke or asked corrects the text in place, and may let it suggest terms', async () => {
    const { channel, answer } = await answered(anna as User);
    await visit.slack.gestures.act(ben as User, answer, 'hark:fix');
    await visit.toldIn(channel, ben as User, (told) =>
      says(told, 'Only the person who spoke and whoever asked'),
    );
    await visit.slack.gestures.act(anna as User, answer, 'hark:fix');
    const form = await modalOf(anna as User);
    expect(JSON.stringify(form.content)).toContain(HELLO);
    await visit.slack.gestures.submitView(anna as User, form, { 'text-0': BETTER });
    await said(form, 'May hark suggest');
    await visit.slack.waitFor('the answer to change', () => says(answer, BETTER));
    expect([says(answer, 'corrected by the speaker'), says(answer, 'flowers')]).toEqual([true, false]);
    const archive = visit.hark.app.get(JobArchive, { strict: false });
    expect((await archive.list({ text: 'tulips', limit: 9 })).jobs).toHaveLength(1);

    const store = visit.hark.app.get(GlossaryStore, { strict: false });
    const place = { platform: 'slack', id: channel.teamId };
    expect(await store.suggestions(place)).toEqual([]);
    await visit.slack.gestures.actInView(anna as User, form, 'hark:fix-agree');
    await said(form, 'Thank you.');
    expect((await store.suggestions(place)).map(({ term }) => term)).toEqual(['Petra Müller']);
    const list = await glossary(boss as User);
    await visit.slack.gestures.submitView(boss as User, list, { accept: ['Petra Müller'] });
    await said(list, '1 term is in the glossary now.');
    expect(await store.suggestions(place)).toEqual([]);
  }, 60_000);
});
