import { describeSummarizer } from '../../../test/contracts/summarizer.contract';
import { ChatCompletionsServer } from '../../../test/support/language-models/chat-completions-server';
import { openSummarizers, summarySettings } from '../../../test/support/summarizers';

describe('an OpenAI-compatible service', () => {
  describeSummarizer(async () => {
    const server = await new ChatCompletionsServer().start();
    const opened = await openSummarizers(summarySettings({ openai: server }));
    return {
      summarizer: opened.named('openai'),
      close: async () => {
        await opened.close();
        await server.stop();
        expect(server.refused).toEqual([]);
      },
    };
  });
});
