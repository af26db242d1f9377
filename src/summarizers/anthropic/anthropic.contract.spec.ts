import { describeSummarizer } from '../../../test/contracts/summarizer.contract';
import { MessagesServer } from '../../../test/support/language-models/messages-server';
import { openSummarizers, summarySettings } from '../../../test/support/summarizers';

describe('Anthropic', () => {
  describeSummarizer(async () => {
    const server = await new MessagesServer().start();
    const opened = await openSummarizers(summarySettings({ anthropic: server }));
    return {
      summarizer: opened.named('anthropic'),
      close: async () => {
        await opened.close();
        await server.stop();
        expect(server.refused).toEqual([]);
      },
    };
  });
});
