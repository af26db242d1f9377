import { HealthRegistry } from '../../src/core/health.registry';
import { PreferenceStore } from '../../src/core/preference-store';
import { LocalSlack } from '../support/local-slack';
import { RunningService, startService } from '../support/service-in-process';
import { Json } from '../support/slack-server/slack-model';
import { audio } from '../support/slack-visit';

const HELLO = 'Hello Peter, please bring three white flowers.';

describe("hark in another's Slack", () => {
  it('answers a file, a mention and a command', async () => {
    await using slack = await LocalSlack.start();
    const hark = await startService(slack.variables);
    try {
      const preferences = hark.app.get(PreferenceStore, { strict: false });
      await preferences.set({ platform: 'slack', kind: 'channel', id: 'C1' }, { automatic: true });
      const says =
        (words: string, count = 1) =>
        (messages: Json[]) =>
          messages.filter(({ text, user }) => user === 'U0BOT' && String(text).includes(words)).length >=
          count;
      const isNote = ({ files, user }: Json) => user === 'U1' && files !== undefined;

      await connected(hark);
      await slack.uploads(audio('01-en.ogg'), 'clip.ogg');
      const answered = await slack.messages('C1', says(HELLO));
      const note = answered.find(isNote);
      expect(answered.find(({ text }) => String(text).includes(HELLO))?.thread_ts).toBe(note?.ts);

      await slack.uploads(audio('01-en.ogg'), 'again.ogg', '<@U0BOT> this one, please');
      await slack.messages('C1', says(HELLO, 2));
      await slack.does('command', { channel: 'C1', user: 'U1', command: '/transcribe', text: '' });
      const all = await slack.messages('C1', (messages) =>
        JSON.stringify(messages).includes('Usage: /transcribe'),
      );
      expect(all.filter(({ text, user }) => user === 'U0BOT' && String(text).includes(HELLO))).toHaveLength(
        2,
      );
    } finally {
      await hark.close();
    }
  }, 60_000);
});

/** Resolves once Slack can reach it. @throws Error after 20 seconds */
async function connected({ app }: RunningService): Promise<void> {
  const deadline = AbortSignal.timeout(20_000);
  const registry = app.get(HealthRegistry, { strict: false });
  const isOpen = async () =>
    (await registry.report()).some(({ name, state }) => /socket/.test(name) && state === 'ok');
  while (!(await isOpen())) deadline.throwIfAborted();
}
