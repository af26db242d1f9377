import { MessageFlags } from 'discord.js';
import { ChatPlatformBench, PostedNote } from '../../../../test/contracts/chat/platform-under-test';
import { AnswerUnderTest, drafted, listening, spoken } from '../../../../test/support/answers';
import { discordBench } from '../../../../test/support/discord-bench';
import { DiscordHome, openDiscordHome } from '../../../../test/support/discord-home';
import { StoredMessage } from '../../../../test/support/discord-server/state/message-board';
import { ChatPlatform } from '../../../core/chat-platform';
import { PreferenceStore } from '../../../core/preference-store';
import { DiscordMessagesService } from './messages.service';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LONG = Array.from({ length: 100 }, (_, n) => `Sentence number ${n + 1} says what it has to say.`).join(
  ' ',
);

describe('posting in Discord', () => {
  let home: DiscordHome;
  let bench: ChatPlatformBench;
  let platform: ChatPlatform;
  let note: PostedNote;
  let answer: AnswerUnderTest;
  const { signal } = new AbortController();

  beforeAll(async () => {
    home = await openDiscordHome();
    bench = discordBench(home);
    platform = bench.platform;
  });
  afterAll(() => home.close());
  beforeEach(() => {
    note = bench.note();
    answer = new AnswerUnderTest(note.address, note.source, home.clock.now());
  });
  afterEach(() => home.server.faults.clear());

  const channel = (): string => note.address.channel ?? '';
  const messages = (): StoredMessage[] => home.server.answers(channel());
  const texts = (): string[] => bench.seen(note).map(({ text }) => text);
  const requests = (method: string): number =>
    home.server.requests.filter((one) => one.method === method && one.path.includes(channel())).length;

  it('answers the note, without sound and without previews; what follows answers the answer', async () => {
    await platform.deliver(answer.with([spoken(LONG)]), signal);
    const references = messages().map(({ data }) => data.message_reference?.message_id);
    expect(references).toEqual([note.address.message, ...references.slice(1).map(() => messages()[0]?.id)]);
    expect(references.length).toBeGreaterThan(1);
    const quiet = MessageFlags.SuppressNotifications | MessageFlags.SuppressEmbeds;
    for (const { data } of messages()) expect((data.flags ?? 0) & quiet).toBe(quiet);
  });

  it('shows a draft also while other edits of the channel wait', async () => {
    answer.reply = await platform.report(answer.with([listening()]), signal);
    const other = new AnswerUnderTest(note.address, note.source, home.clock.now());
    other.reply = await platform.report(other.with([listening()]), signal);
    const sender = home.app.get(DiscordMessagesService, { strict: false });
    bench.trouble('rate-limited', 'edit', 1);
    const waiting = platform.report(other.with([listening('First.', 0.3)]), signal);
    while (!sender.isEditing(channel())) await new Promise(setImmediate);
    await platform.report(answer.with([listening('Hello.', 0.3)]), signal);
    expect(texts().join()).not.toContain('Hello.');
    await platform.report(answer.with([drafted('Hello Pete.')]), signal);
    await waiting;
    expect(texts()).toEqual([expect.stringContaining('Hello Pete.'), expect.stringContaining('First.')]);
  });

  it('writes in the thread where the note stands', async () => {
    const author = home.server.read(note.address.message ?? '').author;
    const thread = home.server.build.addThread(channel(), 'aside', author);
    const inside = new AnswerUnderTest(
      { ...note.address, thread: thread.id, message: undefined },
      note.source,
    );
    await platform.deliver(inside.with([spoken('Hello.')]), signal);
    expect(home.server.answers(thread)).toHaveLength(1);
    expect(messages()).toEqual([]);
  });

  it('posts anew what somebody has deleted, once', async () => {
    answer.reply = await platform.report(answer.with([listening()]), signal);
    home.server.deleteMessages(...messages());
    answer.reply = await platform.deliver(answer.with([spoken('Hello.')]), signal);
    await platform.deliver(answer.with([spoken('Hello.')]), signal);
    expect(texts()).toEqual([expect.stringContaining('Hello.')]);
  });

  it('lets transcripts outlive their notes where the server wants it', async () => {
    const { workspace = '' } = note.address;
    const preferences = home.app.get(PreferenceStore, { strict: false });
    const scope = { platform: 'discord', kind: 'server', id: workspace } as const;
    bench.removeNote(note);
    await preferences.set(scope, { eraseWithMessage: false });
    await platform.deliver(answer.with([spoken('Hello.')]), signal);
    await preferences.set(scope, { eraseWithMessage: undefined });
    expect(messages().map(({ data }) => data.message_reference)).toEqual([undefined]);
    expect(texts()).toEqual([expect.stringContaining('Hello.')]);
  });

  it('tells its own lost messages from everybody else’s', async () => {
    const other = new AnswerUnderTest(note.address, note.source, answer.createdAt);
    await platform.deliver(other.with([spoken('Another answer.')]), signal);
    const author = home.server.read(note.address.message ?? '').author;
    await platform.deliver(answer.with([spoken(LONG)]), signal);
    const own = messages().filter(({ data }) => !data.content.includes('Another'));
    home.server.post({ channel: channel(), author, content: 'A remark.', replyTo: own[0]?.id ?? '' });
    const before = bench.seen(note);
    bench.pass(20 * MINUTE);
    await platform.deliver(answer.with([spoken(LONG)]), signal);
    await platform.deliver(other.with([spoken('Another answer.')]), signal);
    expect(bench.seen(note)).toEqual(before);
  });

  it('searches further back than one page, but not for ever', async () => {
    await platform.report(answer.with([listening()]), signal);
    const author = home.server.read(note.address.message ?? '').author;
    for (let count = 0; count < 600; count += 1) {
      home.server.post({ channel: channel(), author, content: `remark ${count}` });
    }
    bench.pass(20 * MINUTE);
    await platform.deliver(answer.with([spoken('Hello.')]), signal);
    expect(texts()).toEqual([expect.stringContaining('Hello.')]);
    const late = new AnswerUnderTest(note.address, note.source, answer.createdAt);
    const before = requests('GET');
    await platform.deliver(late.with([spoken('Never posted before.')]), signal);
    expect(requests('GET') - before).toBeLessThanOrEqual(5);
    expect(texts().join()).toContain('Never posted before.');
  });

  it('finds what followed the first message, however much others have said meanwhile', async () => {
    answer.reply = await platform.report(answer.with([listening()]), signal);
    const author = home.server.read(note.address.message ?? '').author;
    for (let count = 0; count < 600; count += 1) {
      home.server.post({ channel: channel(), author, content: `remark ${count}` });
    }
    bench.pass(20 * MINUTE);
    await platform.deliver(answer.with([spoken(LONG)]), signal);
    home.server.post({ channel: channel(), author, content: 'One more remark.' });
    const before = bench.seen(note);
    bench.pass(20 * MINUTE);
    await platform.deliver(answer.with([spoken(LONG)]), signal);
    expect(bench.seen(note)).toEqual(before);
  });

  it.each([-HOUR, HOUR])('finds its own by Discord’s time, our clock being %d ms wrong', async (wrong) => {
    const at = new Date(home.clock.now().getTime() + wrong);
    const doubtful = new AnswerUnderTest(note.address, note.source, at);
    await platform.deliver(doubtful.with([spoken(LONG)]), signal);
    const before = bench.seen(note);
    home.server.advance(20 * MINUTE);
    await platform.deliver(doubtful.with([spoken(LONG)]), signal);
    expect(bench.seen(note)).toEqual(before);
  });

  it('skips a report while an edit in the same channel waits', async () => {
    answer.reply = await platform.report(answer.with([listening()]), signal);
    const other = new AnswerUnderTest(note.address, note.source);
    other.reply = await platform.report(other.with([listening()]), signal);
    const held = Promise.withResolvers<void>();
    home.server.faults.next({ method: 'PATCH', path: /./, fault: { kind: 'hold', until: held.promise } });
    const delivering = platform.deliver(answer.with([spoken('Hello.')]), signal);
    await home.server.waitForRequest(
      ({ method, status, path }) => method === 'PATCH' && status === undefined && path.includes(channel()),
    );
    expect(await platform.report(other.with([listening('One.')]), signal)).toEqual(other.reply);
    held.resolve();
    await delivering;
    expect(requests('PATCH')).toBe(1);
    await platform.report(other.with([listening('One.')]), signal);
    expect(texts().join()).toContain('One.');
  });

  it('waits for a short rate limit, and comes back later for a long one', async () => {
    const path = new RegExp(channel());
    home.server.faults.next({ path, fault: { kind: 'rate-limit', retryAfter: 0.05, global: true } });
    answer.reply = await platform.deliver(answer.with([spoken('Hello.')]), signal);
    home.server.faults.next({ path, fault: { kind: 'rate-limit', retryAfter: 60 } });
    const error: unknown = await platform
      .deliver(answer.with([spoken('Bye.')]), signal)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'platform_unavailable', retryable: true });
    const retryAt = (error as { retryAt: Date }).retryAt.getTime() - home.clock.now().getTime();
    expect(retryAt).toBeGreaterThan(50_000);
    expect(retryAt).toBeLessThan(61_000);
  });

  it('sends no storm of requests at a limit: a hundred answers in a few channels', async () => {
    const { rates } = home.server;
    rates.rules = [
      { method: 'POST', pattern: '/channels/:channel/messages', limit: 5, windowMs: 60 },
      { method: 'PATCH', pattern: '/channels/:channel/messages/:message', limit: 5, windowMs: 60 },
    ];
    const refused = home.server.invalidRequests.length;
    const notes = Array.from({ length: 4 }, () => bench.note());
    const all = Array.from({ length: 100 }, (_, n) => {
      const { address, source } = notes[n % notes.length] ?? note;
      return new AnswerUnderTest(address, source, home.clock.now());
    });
    await Promise.all(
      all.map(async (one, n) => {
        one.reply = await platform.report(one.with([listening()]), signal);
        await platform.deliver(one.with([spoken(`Text ${n}.`)]), signal);
      }),
    );
    rates.rules = [];
    const seen = notes.flatMap((one) => bench.seen(one).map(({ text }) => /Text (\d+)\./.exec(text)?.[1]));
    expect(seen.map(Number).sort((a, b) => a - b)).toEqual(all.map((_, n) => n));
    // The first requests of a route are sent before its limits are known.
    expect(home.server.invalidRequests.length - refused).toBeLessThan(10);
  });

  it('stops at once when it is told to, and posts nothing afterwards', async () => {
    const stop = new AbortController();
    home.server.faults.next({ method: 'POST', path: /./, fault: { kind: 'rate-limit', retryAfter: 0.3 } });
    const delivering = platform.deliver(answer.with([spoken('Hello.')]), stop.signal);
    await home.server.waitForRequest(({ status, path }) => status === 429 && path.includes(channel()));
    stop.abort(new Error('enough'));
    await expect(delivering).rejects.toThrow('enough');
    // Takes its turn after the one that was given up.
    const other = new AnswerUnderTest(note.address, note.source);
    await platform.deliver(other.with([spoken('Somebody else.')]), signal);
    expect(texts()).toEqual([expect.stringContaining('Somebody else.')]);
  });
});
