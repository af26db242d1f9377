import { spoken } from '../../support/answers';
import { ChatRig } from './platform-under-test';

const HOSTILE = [
  '@everyone look, @here too: <@80351110224678912>, <@&165511591545143296>, <#103735883630395392>, <!channel>, <!here>, <@U024BE7LH>.',
  '`code` ```block``` *bold* **bold** _it_ __u__ ~~gone~~ ||hidden|| ~gone~ [text](https://example.org/a_b) <https://example.org|here>',
  'https://example.org/path?a=1&b=2 discord.gg/abc &amp; &lt;b&gt; \\* \\\\ :smile: <:blob:123456789012345678> <t:1700000000:R> 👩‍👩‍👧 naïve 日本',
  '# head',
  '-# small',
  '> quote',
  '>>> quotes',
  '- item',
  '* item',
  '1. first',
].join('\n');

/** Transcripts that try to be more than words. */
export function describeHostileText(rig: ChatRig): void {
  const { deliver, seen } = rig;

  describe('hostile text', () => {
    it('is harmless and reads the same', async () => {
      await deliver(spoken('Nothing to see here.'));
      const [plain] = seen();
      await deliver(spoken(HOSTILE));
      const [hostile] = seen();
      expect(hostile?.text).toContain(HOSTILE);
      expect(hostile?.marks).toEqual(plain?.marks);
      expect(rig.bench.notified(rig.note)).toBe(0);
    });

    it('stays harmless wherever it is cut', async () => {
      await deliver(spoken('Nothing to see here.'));
      const [plain] = seen();
      await deliver(spoken(Array.from({ length: 5 }, () => HOSTILE).join('\n')));
      expect(seen().flatMap(({ marks }) => marks)).toEqual(plain?.marks);
      expect(rig.bench.notified(rig.note)).toBe(0);
    });
  });
}
