import { APIUser, PermissionFlagsBits } from 'discord.js';
import { GlossaryStore } from '../../src/core/glossary-store';
import { JobArchive } from '../../src/core/job-archive';
import { DiscordScene, audioOf, controlsOf, note, wordsOf } from '../support/discord-scene';
import { InteractionRecord } from '../support/discord-server/state/interaction-desk';
import { StoredMessage } from '../support/discord-server/state/message-board';
import { PromptRecorder } from '../support/prompt-recorder';

const HELLO = note(0);
const BETTER = 'Hello Petra Müller, please bring three white tulips.';

describe('glossaries and corrections in Discord', () => {
  let engine: PromptRecorder;
  let scene: DiscordScene;
  let boss: APIUser;
  beforeAll(async () => {
    engine = await PromptRecorder.start();
    scene = await DiscordScene.open({ variables: { WHISPER_SERVER_URL: engine.url } });
    boss = scene.member('Boss', PermissionFlagsBits.ManageGuild);
  }, 60_000);
  afterAll(async () => {
    const stuck = scene.server.stuckInteractions();
    await scene?.close();
    await engine?.[Symbol.asyncDispose]();
    expect(stuck).toEqual([]);
  });

  const glossary = (name: 'list' | 'add' | 'remove', user: APIUser, terms?: string): InteractionRecord =>
    scene.server.useSlash({
      channel: scene.channel(),
      user,
      name: `hark glossary ${name}`,
      ...(terms !== undefined && { options: { terms } }),
    });
  const answered = async (author = scene.anna) => {
    const channel = scene.channel();
    await scene.prefer('channel', channel, { automatic: true });
    scene.voice(channel, author);
    return { channel, answer: await scene.answer(channel, HELLO.text) };
  };
  /** The form that the button opens. */
  const opened = async (answer: StoredMessage, user: APIUser): Promise<InteractionRecord> => {
    const pressed = scene.press(answer, ':fix:', user);
    await scene.server.waitFor(() => pressed.modal);
    return pressed;
  };

  it('a term reaches the engine for the notes of its own server, and of no other', async () => {
    await scene.said(glossary('add', boss, 'Petra, Zoë'), '2 terms are in the glossary now.');
    const list = await scene.said(glossary('list', boss), 'Petra, Zoë');
    expect(list.visibleTo).toBe(boss.id);
    await answered();
    expect(engine.prompts.splice(0)).toEqual(['Zoë, Petra.']);

    const { build } = scene.server;
    const other = build.addGuild('Others');
    build.addMember(other, scene.anna);
    const room = build.addTextChannel(other, 'room');
    await scene.prefer('channel', room, { automatic: true });
    scene.server.postVoiceMessage({ channel: room, author: scene.anna, audio: audioOf(HELLO) });
    await scene.answer(room, HELLO.text);
    const direct = build.openDm(scene.anna);
    scene.server.postVoiceMessage({ channel: direct, author: scene.anna, audio: audioOf(HELLO) });
    await scene.answer(direct, HELLO.text);
    expect(engine.prompts.splice(0)).toEqual(['', '']);

    await scene.said(glossary('remove', boss, 'PETRA, zoë'), '2 terms were removed.');
    await answered();
    expect(engine.prompts.splice(0)).toEqual(['']);
  }, 60_000);

  it('only those who manage the server see and change its terms, which must be terms', async () => {
    await scene.said(glossary('list', scene.ben), 'Only members who may manage the server');
    await scene.said(glossary('add', scene.ben, 'Ada'), 'Only members who may manage the server');
    await scene.said(glossary('add', boss, '<@1>'), 'A term is a name');
    await scene.said(glossary('remove', boss, 'Nobody'), 'not in the glossary');
    await scene.said(glossary('add', boss, '**Ada** `x`'), '**Ada** `x`');
    await scene.said(glossary('remove', boss, '**Ada** `x`'), 'no terms');
  }, 60_000);

  it('whoever spoke corrects the text: the answer, its files and searches have it from then on', async () => {
    const { answer } = await answered();
    const refused = scene.press(answer, ':fix:', scene.ben);
    const told = await scene.said(refused, 'Only the person who spoke and whoever asked');
    expect(told.visibleTo).toBe(scene.ben.id);
    const form = await opened(answer, scene.anna);
    expect(JSON.stringify(form.modal)).toContain(HELLO.text);
    const sent = scene.server.submitModal(form, { 'text-0': BETTER });
    const asked = await scene.said(sent, 'This text is what everybody gets');
    expect(asked.visibleTo).toBe(scene.anna.id);
    await scene.server.waitFor(() => wordsOf(answer.data).includes(BETTER));
    expect(wordsOf(answer.data)).toContain('corrected by the speaker');
    expect(wordsOf(answer.data)).not.toContain('flowers');
    const files = await scene.server.waitForInteractionResponse(scene.press(answer, ':srt:', scene.ben));
    const [srt] = files.data.attachments;
    expect(scene.server.fileOf(srt ?? '').toString()).toMatch(/Petra Müller[^]*tulips/);
    const archive = scene.home.app.get(JobArchive, { strict: false });
    expect((await archive.list({ text: 'tulips', limit: 9 })).jobs).toHaveLength(1);
    // Of two forms that were open at the same time the second one is told.
    const late = scene.server.submitModal(form, { 'text-0': 'Something else.' });
    await scene.said(late, 'has changed since it was opened');
    const back = scene.server.submitModal(await opened(answer, scene.anna), { 'text-0': '' });
    await scene.said(back, 'This text is what everybody gets');
    await scene.server.waitFor(() => wordsOf(answer.data).includes(HELLO.text));
  }, 60_000);

  it('corrections suggest terms by consent, which an admin takes or not; never those of private notes', async () => {
    const store = scene.home.app.get(GlossaryStore, { strict: false });
    const place = { platform: 'discord', id: scene.guild.id };
    const suggested = async () => (await store.suggestions(place)).map(({ term }) => term);
    const carol = scene.member('Carol');
    const { answer } = await answered(carol);
    const sent = scene.server.submitModal(await opened(answer, carol), { 'text-0': BETTER });
    const asked = await scene.said(sent, 'May hark suggest');
    expect(await suggested()).toEqual([]);
    scene.press(asked, 'fix-agree', carol);
    await scene.server.waitFor(() => wordsOf(asked.data).includes('Thank you'));
    expect([await suggested(), controlsOf(asked.data)]).toEqual([['Petra Müller'], []]);

    const list = await scene.said(glossary('list', boss), 'Suggested by corrections');
    scene.choose(list, 'hark-glossary:accept', 'Petra Müller', boss);
    await scene.server.waitFor(() => wordsOf(list.data).includes('1 term is in the glossary now.'));
    expect([await suggested(), (await store.terms(place)).map(({ term }) => term)]).toEqual([
      [],
      ['Petra Müller'],
    ]);

    const privately = scene.server.useContextMenu({
      name: 'Transcribe privately',
      message: scene.voice(scene.channel(), carol),
      user: carol,
    });
    const secret = await scene.response(privately, HELLO.text);
    const fixed = scene.server.submitModal(await opened(secret, carol), { 'text-0': 'Hello Secretia.' });
    const done = await scene.said(fixed, 'Corrected.');
    expect([wordsOf(done.data).includes('glossary'), await suggested()]).toEqual([false, []]);
    // What only they see can be changed by its own command, while that is valid.
    await scene.server.waitForMessage(scene.server.build.openDm(carol), (message) =>
      wordsOf(message).includes('Hello Secretia.'),
    );

    const open = (await answered(carol)).answer;
    const more = scene.server.submitModal(await opened(open, carol), {
      'text-0': `${HELLO.text} Ask WhatsApp.`,
    });
    await scene.said(more, 'The admins can take the new words');
    expect(await suggested()).toEqual(['WhatsApp']);
    const panel = await scene.said(
      scene.server.useSlash({ channel: scene.channel(), user: carol, name: 'hark privacy' }),
      'Words that you correct are suggested',
    );
    scene.press(panel, 'keep-terms', carol);
    await scene.server.waitFor(() => !wordsOf(panel.data).includes('are suggested'));
    expect(await suggested()).toEqual([]);
  }, 60_000);

  it('a server that hark has left has no terms any more', async () => {
    const store = scene.home.app.get(GlossaryStore, { strict: false });
    const guild = scene.server.build.addGuild('Short');
    const place = { platform: 'discord', id: guild.id };
    await store.add(place, ['Ada'], new Date(), 9);
    scene.server.change.removeBot(guild);
    while ((await store.terms(place)).length > 0) await new Promise((resolve) => setImmediate(resolve));
  }, 20_000);
});
