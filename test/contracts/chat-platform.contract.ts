import { buffer } from 'node:stream/consumers';
import { Answer, Reply } from '../../src/core/answer';
import { ChatPlatform } from '../../src/core/chat-platform';
import { HarkError } from '../../src/core/errors';
import { AttachmentSource, ReplyAddress } from '../../src/core/voice-note';
import { AnswerUnderTest, failed, listening, spoken } from '../support/answers';

/** A message as people see it. */
export interface SeenMessage {
  /** What is read: formatting and escapes resolved as the platform's clients do. */
  text: string;
  /** What is more than plain words, by its kind: `bold`, `link`, `mention` … */
  marks: string[];
  files: { name: string; text: string }[];
  /** Labels. */
  buttons: string[];
}

/** A note somebody has really posted, in a channel of its own. */
export interface PostedNote {
  address: ReplyAddress;
  source: AttachmentSource;
  bytes: Buffer;
}

/** What can go wrong once. `lost`: it happened, but the answer to the request never arrives. */
export type Trouble = 'rate-limited' | 'unavailable' | 'cut' | 'lost';

/** A platform connected to a local server that speaks as the real one does. */
export interface ChatPlatformBench {
  platform: ChatPlatform;
  note(): PostedNote;
  removeNote(note: PostedNote): void;
  /** Addresses of files given out so far do not work any more. */
  expireAddresses(): void;
  /** What hark has posted in the note's channel and what still stands, oldest first. */
  seen(note: PostedNote): SeenMessage[];
  /** How often somebody has been notified there. */
  notified(note: PostedNote): number;
  /** How often messages were changed there after they had been posted. */
  edits(note: PostedNote): number;
  /** hark may not write there any more. */
  forbid(note: PostedNote): void;
  /** Lets time pass for the platform and for hark. */
  pass(milliseconds: number): void;
  /** The next `times` requests of this kind go wrong. */
  trouble(kind: Trouble, request: 'post' | 'edit', times: number): void;
  close(): Promise<void>;
}

const MOST_ATTEMPTS = 5;
const SENTENCES = Array.from({ length: 180 }, (_, n) => `Sentence number ${n + 1} says what it has to say.`);
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

/** What every chat platform does. */
export function chatPlatformContract(makeBench: () => Promise<ChatPlatformBench>): void {
  let bench: ChatPlatformBench;
  let platform: ChatPlatform;
  let note: PostedNote;
  let answer: AnswerUnderTest;
  const { signal } = new AbortController();

  beforeAll(async () => {
    bench = await makeBench();
    platform = bench.platform;
  });
  afterAll(() => bench.close());
  beforeEach(() => {
    note = bench.note();
    answer = new AnswerUnderTest(note.address, note.source);
  });

  const report = async (...parts: Parameters<AnswerUnderTest['with']>[0]): Promise<void> => {
    answer.reply = (await platform.report(answer.with(parts), signal)) ?? answer.reply;
  };
  const deliver = async (...parts: Parameters<AnswerUnderTest['with']>[0]): Promise<void> => {
    answer.reply = await platform.deliver(answer.with(parts), signal);
  };
  const seen = (): SeenMessage[] => bench.seen(note);
  const texts = (): string[] => seen().map(({ text }) => text);
  const errorOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );

  describe('opening media', () => {
    it('gives the bytes, also after the address has expired', async () => {
      const open = async (): Promise<Buffer> =>
        buffer((await platform.openMedia(note.source, signal)).stream);
      expect((await open()).equals(note.bytes)).toBe(true);
      bench.expireAddresses();
      expect((await open()).equals(note.bytes)).toBe(true);
    });

    it('says so when the message is gone', async () => {
      bench.removeNote(note);
      const error = await errorOf(platform.openMedia(note.source, signal));
      expect(error).toMatchObject({ name: 'HarkError', code: 'message_gone', retryable: false });
    });
  });

  describe('one answer', () => {
    it('is posted when listening begins, and becomes the transcript', async () => {
      await report(listening());
      expect(texts()).toEqual([expect.stringContaining('Listening')]);
      await deliver(spoken('Hello Peter.'));
      expect(texts()).toEqual([expect.stringContaining('Hello Peter.')]);
      expect(texts().join()).not.toContain('Listening');
      expect(texts().join()).toContain('0:07');
    });

    it('grows with the text', async () => {
      await report(listening('One.', 0.25));
      expect(texts()).toEqual([expect.stringMatching(/One\.[^]*25/)]);
      await report(listening('One. Two.', 0.5));
      expect(texts()).toEqual([expect.stringMatching(/One\. Two\.[^]*50/)]);
      await deliver(spoken('One. Two. Three.'));
      expect(texts()).toEqual([expect.stringContaining('One. Two. Three.')]);
    });

    it('is posted whole without a report before', async () => {
      await deliver(spoken('Hello Peter.'));
      expect(texts()).toEqual([expect.stringContaining('Hello Peter.')]);
    });

    it('does not change when it is delivered again', async () => {
      await deliver(spoken(SENTENCES.slice(0, 120).join(' ')));
      const before = seen();
      const edits = bench.edits(note);
      await deliver(spoken(SENTENCES.slice(0, 120).join(' ')));
      await report(spoken(SENTENCES.slice(0, 120).join(' ')));
      expect(seen()).toEqual(before);
      expect(bench.edits(note)).toBe(edits);
    });

    it('notifies nobody, and has buttons when it is whole', async () => {
      await report(listening());
      await deliver(spoken('Hello @everyone.'));
      expect(bench.notified(note)).toBe(0);
      const buttons = seen().flatMap(({ buttons }) => buttons);
      for (const label of ['Private copy', 'Try again', 'Delete']) expect(buttons).toContain(label);
      expect(new Set(buttons).size).toBe(buttons.length);
    });

    it('refuses to answer a message that is gone', async () => {
      bench.removeNote(note);
      const error = await errorOf(platform.deliver(answer.with([spoken('Hello.')]), signal));
      expect(error).toMatchObject({ name: 'HarkError', code: 'message_gone', retryable: false });
      expect(seen()).toEqual([]);
    });

    it('says which permission is missing, and does not ask for another attempt', async () => {
      bench.forbid(note);
      const error = await errorOf(platform.deliver(answer.with([spoken('Hello.')]), signal));
      expect(error).toMatchObject({ name: 'HarkError', code: 'permission_missing', retryable: false });
    });

    it('is removed whole, and removing it again does no harm', async () => {
      await deliver(spoken(SENTENCES.slice(0, 120).join(' ')));
      const { interaction: _, ...address } = note.address;
      const posted = { address, reply: answer.reply as Reply };
      expect(seen().length).toBeGreaterThan(0);
      await platform.retract(posted);
      expect(seen()).toEqual([]);
      await platform.retract(posted);
      expect(seen()).toEqual([]);
    });
  });

  describe('long text', () => {
    const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

    it('stands in a few messages, cut between words', async () => {
      const text = SENTENCES.slice(0, Math.floor((platform.limits.messageCharacters * 2) / 45)).join(' ');
      await report(listening(text));
      expect(seen()).toHaveLength(1);
      await deliver(spoken(text));
      expect(seen().length).toBeLessThanOrEqual(platform.limits.messages);
      expect(seen().flatMap(({ files }) => files)).toEqual([]);
      expect(words(texts().join(' ')).join(' ')).toContain(text);
    });

    it('beyond that is a beginning and a file with the whole text', async () => {
      const text = Array.from({ length: 20 }, () => SENTENCES.join(' ')).join(' ');
      await deliver(spoken(text));
      expect(seen().length).toBeLessThanOrEqual(platform.limits.messages);
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

  describe('hostile text', () => {
    it('is harmless and reads the same', async () => {
      await deliver(spoken('Nothing to see here.'));
      const [plain] = seen();
      await deliver(spoken(HOSTILE));
      const [hostile] = seen();
      expect(hostile?.text).toContain(HOSTILE);
      expect(hostile?.marks).toEqual(plain?.marks);
      expect(bench.notified(note)).toBe(0);
    });

    it('stays harmless wherever it is cut', async () => {
      await deliver(spoken('Nothing to see here.'));
      const [plain] = seen();
      await deliver(spoken(Array.from({ length: 5 }, () => HOSTILE).join('\n')));
      expect(seen().flatMap(({ marks }) => marks)).toEqual(plain?.marks);
      expect(bench.notified(note)).toBe(0);
    });
  });

  describe('several notes in one message', () => {
    it('are shown in order, with the reason of the one that could not be read', async () => {
      const gone = failed('media_no_audio', 'The file has no sound.');
      await report(spoken('First words.'), listening(), listening());
      await deliver(spoken('First words.'), gone, listening());
      expect(texts().join('\n')).toMatch(/First words\.[^]*no sound[^]*Listening/);
      await deliver(spoken('First words.'), gone, spoken('Third words.'));
      expect(texts().join('\n')).toMatch(
        /1 of 3[^]*First words\.[^]*2 of 3[^]*no sound[^]*3 of 3[^]*Third words\./,
      );
      expect(texts().join('\n')).not.toContain('Listening');
    });
  });

  describe('whatever dies in between', () => {
    const text = SENTENCES.slice(0, 120).join(' ');
    const whole = (): string => texts().join(' ').split(/\s+/).join(' ');

    it('a report whose reply was lost is found again', async () => {
      await platform.report(answer.with([listening()]), signal);
      await platform.report(answer.with([listening('One.')]), signal);
      expect(texts()).toEqual([expect.stringContaining('One.')]);
      await deliver(spoken('One. Two.'));
      expect(texts()).toEqual([expect.stringContaining('One. Two.')]);
    });

    it.each([
      ['at once', 0],
      ['minutes later', 5 * 60_000],
      ['when the platform has forgotten', 20 * 60_000],
    ])('a delivery whose reply was lost is found again %s', async (_, later) => {
      await report(listening());
      await platform.deliver(answer.with([spoken(text)]), signal);
      const before = seen();
      bench.pass(later);
      answer.reply = await platform.deliver(answer.with([spoken(text)]), signal);
      expect(seen()).toEqual(before);
      expect(whole()).toContain(text);
      await deliver(spoken('Short.'));
      expect(texts()).toEqual([expect.stringContaining('Short.')]);
    });

    it.each([0, 20 * 60_000])('even all that was known may be lost, %d ms ago', async (later) => {
      await platform.report(answer.with([listening()], undefined), signal);
      bench.pass(later);
      await platform.deliver(answer.with([spoken(text)], undefined), signal);
      bench.pass(later);
      await platform.deliver(answer.with([spoken(text)], undefined), signal);
      expect(whole().split('Sentence number 7 says')).toHaveLength(2);
      expect(whole()).toContain(text);
    });
  });

  describe('trouble on the way', () => {
    /** As the core's delivery does: again and again, as long as the error says that it is worth it. */
    const untilDelivered = async (make: () => Answer): Promise<Reply> => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await platform.deliver(make(), signal);
        } catch (error) {
          if (!(error instanceof HarkError && error.retryable) || attempt === MOST_ATTEMPTS) throw error;
        }
      }
    };
    const text = SENTENCES.slice(0, 100).join(' ');

    it.each([
      ['rate-limited', 'post'],
      ['unavailable', 'post'],
      ['cut', 'post'],
      ['lost', 'post'],
      ['rate-limited', 'edit'],
      ['unavailable', 'edit'],
      ['cut', 'edit'],
      ['lost', 'edit'],
    ] as const)('%s at a %s: the answer is there once', async (kind, request) => {
      bench.trouble(kind, request, 3);
      const reported = await errorOf(report(listening()));
      if (reported !== undefined) expect(reported).toMatchObject({ name: 'HarkError', retryable: true });
      answer.reply = await untilDelivered(() => answer.with([spoken('Short.')]));
      answer.reply = await untilDelivered(() => answer.with([spoken(text)]));
      expect(texts().join(' ').split(/\s+/).join(' ')).toContain(text);
      expect(texts().join(' ').split('Sentence number 7 says')).toHaveLength(2);
      expect(texts().join(' ')).not.toMatch(/Listening|Short\./);
    });
  });
}
