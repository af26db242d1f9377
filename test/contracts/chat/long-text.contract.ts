import { listening, spoken } from '../../support/answers';
import { ChatRig } from './platform-under-test';
import { SENTENCES } from './sentences';

/** What becomes of text that is longer than one message. */
export function describeLongText(rig: ChatRig): void {
  const { report, deliver, seen, texts } = rig;

  describe('long text', () => {
    const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

    it('stands in a few messages, cut between words', async () => {
      const text = SENTENCES.slice(0, Math.floor((rig.platform.limits.messageCharacters * 2) / 45)).join(' ');
      await report(listening(text));
      expect(seen()).toHaveLength(1);
      await deliver(spoken(text));
      expect(seen().length).toBeLessThanOrEqual(rig.platform.limits.messages);
      expect(seen().flatMap(({ files }) => files)).toEqual([]);
      expect(words(texts().join(' ')).join(' ')).toContain(text);
    });

    it('beyond that is a beginning and a file with the whole text', async () => {
      const text = Array.from({ length: 20 }, () => SENTENCES.join(' ')).join(' ');
      await deliver(spoken(text));
      expect(seen().length).toBeLessThanOrEqual(rig.platform.limits.messages);
      const files = seen().flatMap(({ files }) => files);
      expect(files.map((file) => file.text.trim())).toEqual([text]);
      const [first = ''] = texts();
      expect(text.startsWith(first.slice(0, 200))).toBe(true);
      expect(first).toContain(files[0]?.name);
    });

    it('of nine thousand characters can be had whole', async () => {
      const text = SENTENCES.join(' ').padEnd(9_000, ' And so it ended.').slice(0, 9_000).trim();
      await deliver(spoken(text));
      const files = seen().flatMap(({ files }) => files.map((file) => file.text.trim()));
      const shown = words(texts().join(' ')).join(' ');
      expect(files.includes(text) || shown.includes(text)).toBe(true);
    });

    it('leaves nothing behind when it becomes shorter, and comes back as messages', async () => {
      const long = SENTENCES.slice(0, 120).join(' ');
      await deliver(spoken(long));
      await deliver(spoken('Short.'));
      expect(texts()).toEqual([expect.stringContaining('Short.')]);
      expect(seen().flatMap(({ files }) => files)).toEqual([]);
      await deliver(spoken(long));
      const everything = [...texts(), ...seen().flatMap(({ files }) => files.map(({ text }) => text))];
      expect(words(everything.join(' ')).join(' ')).toContain(long);
    });
  });
}
