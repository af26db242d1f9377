import { ChatPlatform } from '../../../src/core/chat-platform';
import { AttachmentSource, ReplyAddress } from '../../../src/core/voice-note';
import { AnswerUnderTest, PartSketch } from '../../support/answers';

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

/** What the tests of the contract work with: a note, and the answer to it that they give. */
export interface ChatRig {
  readonly bench: ChatPlatformBench;
  readonly platform: ChatPlatform;
  readonly note: PostedNote;
  readonly answer: AnswerUnderTest;
  readonly signal: AbortSignal;
  /** Reports, and remembers the reply as the core does. */
  report(...parts: PartSketch[]): Promise<void>;
  /** Delivers, and remembers the reply. */
  deliver(...parts: PartSketch[]): Promise<void>;
  /** What stands in the note's channel. */
  seen(): SeenMessage[];
  texts(): string[];
}

/** One bench for all tests around it, and a new note for each of them. */
export function chatRig(makeBench: () => Promise<ChatPlatformBench>): ChatRig {
  let bench: ChatPlatformBench;
  let note: PostedNote;
  let answer: AnswerUnderTest;
  const { signal } = new AbortController();
  beforeAll(async () => {
    bench = await makeBench();
  });
  afterAll(() => bench.close());
  beforeEach(() => {
    note = bench.note();
    answer = new AnswerUnderTest(note.address, note.source);
  });
  const seen = (): SeenMessage[] => bench.seen(note);
  return {
    get bench() {
      return bench;
    },
    get platform() {
      return bench.platform;
    },
    get note() {
      return note;
    },
    get answer() {
      return answer;
    },
    signal,
    report: async (...parts) => {
      answer.reply = (await bench.platform.report(answer.with(parts), signal)) ?? answer.reply;
    },
    deliver: async (...parts) => {
      answer.reply = await bench.platform.deliver(answer.with(parts), signal);
    },
    seen,
    texts: () => seen().map(({ text }) => text),
  };
}

/** What a promise was rejected with, or nothing. */
export function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}
