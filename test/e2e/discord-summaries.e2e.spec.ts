import { PersonExport } from '../../src/core/person-export';
import { PersonExportService } from '../../src/core/person-export.service';
import { monthOf } from '../../src/core/summary';
import { SummaryStore } from '../../src/core/summary-store';
import { Preferences } from '../../src/core/preference-store';
import { DiscordScene, controlsOf, note, wordsOf } from '../support/discord-scene';
import { InteractionRecord } from '../support/discord-server/state/interaction-desk';
import { StoredMessage } from '../support/discord-server/state/message-board';
import { ChatCompletionsServer } from '../support/language-models/chat-completions-server';
import { MessagesServer } from '../support/language-models/messages-server';
import { LONG_TALK } from '../support/long-talk';
import { summarySettings } from '../support/summarizers';

describe('Summarize in Discord', () => {
  let scene: DiscordScene;
  let openai: ChatCompletionsServer;
  let anthropic: MessagesServer;

  beforeAll(async () => {
    openai = await new ChatCompletionsServer().start();
    anthropic = await new MessagesServer().start();
    const variables = { ...summarySettings({ openai, anthropic }), SUMMARY_USER_CHOICE: 'true' };
    scene = await DiscordScene.open({ variables });
  }, 60_000);
  afterAll(async () => {
    const stuck = scene.server.stuckInteractions();
    await scene.close();
    await Promise.all([openai.stop(), anthropic.stop()]);
    expect(stuck).toEqual([]);
  });

  const answered = async (
    text = LONG_TALK,
    told: Preferences = { summaryHosts: [openai.host, anthropic.host] },
  ) => {
    const channel = scene.channel();
    const posted = scene.voice(channel, scene.anna, note(0));
    for (const user of [scene.anna, scene.ben]) await scene.prefer('user', user, told);
    await scene.deliver(channel, posted, text);
    return { channel, answer: await scene.answer(channel, text.slice(0, 20)) };
  };
  /** Until such a message stands in the channel. */
  const standing = (channel: { id: string }, text: string): Promise<StoredMessage> =>
    scene.server.waitForMessage(channel, (message) => wordsOf(message).includes(text), { timeoutMs: 20_000 });
  const all = ({ id }: { id: string }, text: string): StoredMessage[] =>
    scene.server.messages(id).filter(({ data }) => wordsOf(data).includes(text));
  /** Until whoever has pressed was told so. */
  const toldAlone = (pressed: InteractionRecord, text: string): Promise<StoredMessage> =>
    scene.server.waitFor(
      () =>
        scene.server
          .messages(pressed.channelId, { ephemeral: true })
          .find(({ id, data }) => pressed.followUpIds.includes(id) && wordsOf(data).includes(text)),
      { what: text, timeoutMs: 20_000 },
    );

  it('stands under long transcripts only', async () => {
    const { answer } = await answered();
    expect(controlsOf(answer.data).join()).toContain('hark:summarize:');
    const short = await answered('Greta brings the bread.');
    expect(controlsOf(short.answer.data).join()).not.toContain('summarize');
  });

  it('asks once whether the words may leave the machine, then shows the summary to all, as it is written', async () => {
    const { channel, answer } = await answered(LONG_TALK, { summaryHosts: undefined });
    const question = await toldAlone(scene.press(answer, 'summarize', scene.ben), openai.host);
    expect(question.visibleTo).toBe(scene.ben.id);
    expect(openai.questions).toHaveLength(0);
    const gate = Promise.withResolvers<void>();
    openai.scenes.push({
      words: ['Her boat @everyone', ' has **bread** from https://evil.example/x'],
      gate: gate.promise,
    });
    scene.press(question, 'summarize-agreed', scene.ben);
    // The beginning can be read before the rest is said.
    const early = await standing(channel, 'Her boat');
    expect(wordsOf(early.data)).toContain('Summing up');
    expect(early.visibleTo).toBeUndefined();
    gate.resolve();
    const whole = await standing(channel, 'bread from');
    expect(whole.id).toBe(early.id);
    const text = wordsOf(whole.data);
    expect(text).toContain(`Written by ${openai.model}`);
    expect(text).not.toContain('evil');
    expect(whole.pings.everyone).toBe(false);
    expect(openai.refused).toEqual([]);
    expect(openai.questions[0]?.transcript).toBe(LONG_TALK);

    // Whoever presses later gets the same one, and is asked before, too, for it may cost their tokens another time.
    await scene.prefer('user', scene.anna, { summaryHosts: [openai.host] });
    const before = openai.questions.length;
    scene.press(answer, 'summarize', scene.anna);
    await scene.server.waitFor(() => all(channel, 'bread from').length === 2, { what: 'the same summary' });
    expect(openai.questions).toHaveLength(before);
    const exported: PersonExport = await scene.home.app
      .get(PersonExportService, { strict: false })
      .of('discord', scene.ben.id);
    expect(exported.summaries).toMatchObject([{ summaries: 1, input: 120, output: 30 }]);

    // What was erased takes its summaries with it.
    scene.press(answer, ':delete:', scene.anna);
    await scene.server.waitFor(() => all(channel, 'bread from').length === 0, {
      what: 'the summaries to go',
    });
  });

  it('is one call for two who press at once', async () => {
    const { channel, answer } = await answered();
    const before = openai.questions.length;
    const gate = Promise.withResolvers<void>();
    openai.scenes.push({ words: ['Only', ' once.'], gate: gate.promise });
    scene.press(answer, 'summarize', scene.anna);
    await openai.until(() => openai.questions.length === before + 1);
    scene.press(answer, 'summarize', scene.ben);
    await scene.server.waitFor(() => all(channel, 'Only').length === 2, {
      what: 'two that look at one summary',
    });
    gate.resolve();
    await scene.server.waitFor(() => all(channel, 'Only once.').length === 2, { what: 'both' });
    expect(openai.questions).toHaveLength(before + 1);
  });

  it('is done by whom the user has chosen, also on this machine, and says when nothing was written', async () => {
    const { channel, answer } = await answered(LONG_TALK, { summarizer: 'demo', summaryHosts: undefined });
    scene.press(answer, 'summarize', scene.ben);
    const picked = await standing(channel, 'These sentences were picked');
    expect(wordsOf(picked.data)).toContain('Greta');
    const panel = await scene.said(
      scene.server.useSlash({ channel, user: scene.ben, name: 'hark privacy' }),
      'Your privacy',
    );
    expect(wordsOf(panel.data)).toContain(openai.host);
    scene.choose(panel, 'hark-privacy:summarizer', 'anthropic', scene.ben);
    await scene.server.waitFor(() => wordsOf(panel.data).includes('Your choice was saved'), {
      what: 'it to be saved',
    });
    expect((await scene.preferred('user', scene.ben)).summarizer).toBe('anthropic');
  });

  it('says to the user alone what is wrong: declined, and at once while the circuit is open', async () => {
    const { channel, answer } = await answered(LONG_TALK, {
      summarizer: 'anthropic',
      summaryHosts: [anthropic.host],
    });
    anthropic.scenes.push({ declines: 'No.' });
    const declined = await toldAlone(scene.press(answer, 'summarize', scene.ben), 'declined to sum this up');
    expect(declined.visibleTo).toBe(scene.ben.id);
    anthropic.scenes.push({ status: 429, headers: { 'retry-after': '600' } });
    await toldAlone(scene.press(answer, 'summarize', scene.ben), 'too much to do');
    const asked = anthropic.questions.length;
    const open = await toldAlone(scene.press(answer, 'summarize', scene.ben), 'Summaries are out of order');
    expect(open.visibleTo).toBe(scene.ben.id);
    expect(open.data.content).toMatch(/<t:\d+:t>/);
    expect(anthropic.questions).toHaveLength(asked);
    // Nothing half-done stays.
    expect(all(channel, 'Summing up')).toEqual([]);
  });

  it('sends nothing of somebody who does not want to be transcribed', async () => {
    const { answer } = await answered();
    const before = openai.questions.length;
    await scene.prefer('user', scene.anna, { optedOut: true });
    await toldAlone(scene.press(answer, 'summarize', scene.ben), 'asked not to be transcribed');
    expect(openai.questions).toHaveLength(before);
    await scene.prefer('user', scene.anna, { optedOut: undefined });
  });

  it('keeps to the tokens that one has in a month', async () => {
    const { answer } = await answered();
    const carl = scene.member('Carl');
    await scene.prefer('user', carl, { summaryHosts: [openai.host] });
    const spent = { input: 200_000, output: 0, estimated: false };
    const store = scene.home.app.get(SummaryStore, { strict: false });
    await store.charge({ platform: 'discord', user: carl.id }, monthOf(scene.home.clock.now()), spent);
    const before = openai.questions.length;
    await toldAlone(scene.press(answer, 'summarize', carl), 'tokens for summaries this month');
    expect(openai.questions).toHaveLength(before);
  });
});
