import { SlackVisit, audio, says } from '../support/slack-visit';
import { ChatCompletionsServer } from '../support/language-models/chat-completions-server';
import { LONG_TALK } from '../support/long-talk';
import { OpenAiServer } from '../support/openai-server/openai-server';
import { alwaysHearing } from '../support/openai-server/spoken';
import { Channel, Message, User } from '../support/slack-server/slack-model';
import { summarySettings } from '../support/summarizers';

describe('Summarize in Slack', () => {
  let visit: SlackVisit;
  let ears: OpenAiServer;
  let openai: ChatCompletionsServer;

  beforeAll(async () => {
    ears = await OpenAiServer.start({ ears: alwaysHearing(LONG_TALK) });
    openai = await new ChatCompletionsServer().start();
    const transcriber = { TRANSCRIBERS: 'openai', OPENAI_BASE_URL: ears.url, OPENAI_MODEL: 'whisper-1' };
    visit = await SlackVisit.start('Socket Mode', {}, { ...transcriber, ...summarySettings({ openai }) });
  }, 60_000);
  afterAll(async () => {
    await visit[Symbol.asyncDispose]();
    await Promise.all([ears.stop(), openai.stop()]);
  });

  const answered = async (): Promise<{ channel: Channel; admin: User; thread: string; answer: Message }> => {
    const admin = visit.slack.world.addUser({ name: `admin${visit.slack.world.users.size}` });
    const channel = await visit.automaticChannel(admin);
    const { message } = visit.slack.shareFile({
      user: admin,
      channel,
      files: [{ content: audio('01-en.ogg') }],
    });
    const thread = message?.ts ?? '';
    const answer = await visit.answer(channel, thread, 'bread on Monday.');
    await visit.slack.waitFor('the buttons', () => JSON.stringify(answer.blocks).includes('hark:try-again'));
    return { channel, admin, thread, answer };
  };

  it('asks before words leave, and shows the summary in the thread as it is written', async () => {
    const { channel, admin, thread, answer } = await answered();
    const { gestures } = visit.slack;
    await gestures.act(admin, answer, 'hark:summarize');
    const question = await visit.toldIn(channel, admin, ({ text = '' }) => text.includes(openai.host));
    expect(openai.questions).toHaveLength(0);
    const gate = Promise.withResolvers<void>();
    openai.scenes.push({ words: ['Her boat <!channel>', ' has *bread*.'], gate: gate.promise });
    await gestures.act(admin, question, 'hark:summarize-agreed');
    const summary = await visit.answer(channel, thread, 'Her boat');
    expect(says(summary, 'Summing up')).toBe(true);
    gate.resolve();
    await visit.slack.waitFor('the rest', () => says(summary, 'has *bread*.'));
    await visit.slack.waitFor('its maker', () => says(summary, `Written by ${openai.model}`));
    // What a model writes is shown letter by letter: nobody is called by it.
    expect(JSON.stringify(summary.blocks)).toContain('"text":"Her boat <!channel> has *bread*."');
    expect(summary.text).not.toContain('<!channel>');
    expect(openai.refused).toEqual([]);

    await gestures.act(admin, answer, 'hark:delete');
    await visit.slack.waitFor('the summary to go', () =>
      visit.slack.world.messagesIn(channel.id).every(({ ts }) => ts !== summary.ts),
    );
  });

  it('says at once to the user alone that the circuit is open', async () => {
    const { channel, admin, answer } = await answered();
    openai.scenes.push({ status: 429, headers: { 'retry-after': '600' } });
    const { gestures } = visit.slack;
    await gestures.act(admin, answer, 'hark:summarize');
    const question = await visit.toldIn(channel, admin, ({ text = '' }) => text.includes(openai.host));
    await gestures.act(admin, question, 'hark:summarize-agreed');
    await visit.toldIn(channel, admin, ({ text = '' }) => text.includes('too much to do'));
    const asked = openai.questions.length;
    await gestures.act(admin, answer, 'hark:summarize');
    await visit.toldIn(channel, admin, ({ text = '' }) => text.includes('Summaries are out of order'));
    expect(openai.questions).toHaveLength(asked);
  });
});
