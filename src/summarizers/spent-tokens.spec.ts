import { NO_TOKENS } from '../core/summary';
import { ChatCompletionsServer } from '../../test/support/language-models/chat-completions-server';
import { MessagesServer } from '../../test/support/language-models/messages-server';
import { openSummarizers, summaryOf, summarySettings } from '../../test/support/summarizers';

const REQUEST = { transcript: 'Greta brings the bread on Monday, and the boat leaves at seven.' };

describe.each([
  ['openai', () => new ChatCompletionsServer()],
  ['anthropic', () => new MessagesServer()],
] as const)('tokens that were spent at %s in vain', (name, make) => {
  it.each([
    ['breaks off', 'summarizer_failed', { breakOff: ['Greta', ' is'] }],
    ['is too slow', 'summarizer_timeout', { words: ['Greta'], gate: new Promise<void>(() => undefined) }],
  ])('are counted where an answer %s', async (_, code, scene) => {
    const server = await make().start();
    const opened = await openSummarizers(summarySettings({ [name]: server }), {
      timings: { requestMs: 1_000 },
    });
    server.scenes.push(scene);
    const { error, use } = await summaryOf(opened.named(name), REQUEST);
    expect(error).toMatchObject({ code });
    expect(use.input).toBeGreaterThan(50);
    expect(use.output).toBeGreaterThan(0);
    expect(use.estimated).toBe(true);
    // What was not taken on costs nothing.
    server.scenes.push({ status: 400 });
    expect((await summaryOf(opened.named(name), REQUEST)).use).toEqual(NO_TOKENS);
    await opened.close();
    await server.stop();
  });
});
