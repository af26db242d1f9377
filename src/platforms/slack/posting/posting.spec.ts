import { AnswerUnderTest, drafted, listening, spoken } from '../../../../test/support/answers';
import { buttonsOf, messagesOf, seenOf } from '../../../../test/support/slack-bench';
import { openSlackHome, SlackHome } from '../../../../test/support/slack-home';
import { Channel, Message, User } from '../../../../test/support/slack-server/slack-model';
import { ChatPlatform } from '../../../core/chat-platform';
import { PlatformRegistry } from '../../../core/platform.registry';
import { PreferenceStore } from '../../../core/preference-store';
import { SlackPace } from '../slack-pace.service';

const { signal } = new AbortController();
const LONG = Array.from({ length: 3_000 }, (_, n) => `word${n}`).join(' ');
let home: SlackHome;
let platform: ChatPlatform;
let mara: User;
let channel: Channel;
let note: Message;

beforeEach(async () => {
  home = await openSlackHome();
  platform = home.app.get(PlatformRegistry, { strict: false }).get('slack');
  mara = home.slack.world.addUser({ name: 'mara' });
  channel = home.slack.world.addChannel({ creator: mara });
  note = clip();
});
afterEach(() => home.close());

const clip = () =>
  home.slack.shareFile({ user: mara, channel, files: [{ content: Buffer.from('OggS') }] }).message;

function answerTo({ ts }: Message, at = new Date()): AnswerUnderTest {
  const address = {
    platform: 'slack',
    workspace: channel.teamId,
    channel: channel.id,
    message: ts,
    thread: ts,
  };
  return new AnswerUnderTest(address, { kind: 'attachment', platform: 'slack', ids: {} }, at);
}
async function report(answer: AnswerUnderTest, ...parts: Parameters<typeof listening>): Promise<void> {
  answer.reply = (await platform.report(answer.with([listening(...parts)]), signal)) ?? answer.reply;
}
async function deliver(answer: AnswerUnderTest, text: string): Promise<void> {
  answer.reply = await platform.deliver(answer.with([spoken(text)]), signal);
}
/** As the core does it. */
async function deliverAtLast(answer: AnswerUnderTest, text: string): Promise<void> {
  await deliver(answer, text).catch(() => deliver(answer, text));
}
const own = () => messagesOf(home.slack, channel.id);
const files = () => own().flatMap((message) => seenOf(home.slack, message).files);
const filesArrived = (count: number) =>
  home.slack.waitFor(`${count} file(s)`, () => files().length === count && files());

describe('an answer', () => {
  it('shows a draft also where as much was shown of others as Slack likes', async () => {
    const answer = answerTo(note);
    await report(answer);
    while (home.app.get(SlackPace, { strict: false }).mayShowProgress());
    await report(answer, 'Hello', 0.5);
    expect(
      own()
        .map(({ text }) => text)
        .join(),
    ).not.toContain('Hello');
    await platform.report(answer.with([drafted('Hello Pete.')]), signal);
    const [message] = own();
    expect(message && seenOf(home.slack, message).text).toContain('Hello Pete.');
  });

  it('stands in the thread of its note, with buttons that name it', async () => {
    const answer = answerTo(note);
    await deliver(answer, 'Hello Peter.');
    const [message] = own();
    expect(message).toMatchObject({
      threadTs: note.ts,
      metadata: { event_type: 'hark_answer', event_payload: { answer: answer.id, index: 0 } },
    });
    expect(buttonsOf(message?.blocks ?? [])).toEqual(
      ['private-copy', 'srt', 'txt', 'try-again', 'fix', 'delete'].map((action) => ({
        action: `hark:${action}`,
        label: expect.any(String),
        value: answer.id,
      })),
    );
  });

  it('is edited whatever the bytes of its letters', async () => {
    const text = Array.from({ length: 580 }, () => 'ääää').join(' ');
    const answer = answerTo(note);
    await report(answer);
    await deliver(answer, text);
    const [message] = own();
    expect(message && seenOf(home.slack, message).text).toContain(text);
  });

  it.each(['edit_window_closed', 'cant_update_message', 'message_not_found'])(
    'is posted anew in place of one that cannot be edited: %s',
    async (error) => {
      const answer = answerTo(note);
      await report(answer);
      home.slack.faults.next({ method: 'chat.update', kind: 'error', error });
      home.slack.faults.next({ method: 'chat.postMessage', kind: 'drop', when: 'after' });
      home.slack.faults.next({ method: 'chat.update', kind: 'error', error });
      await deliverAtLast(answer, 'Hello Peter.');
      expect(own().map((message) => seenOf(home.slack, message).text)).toEqual([
        expect.stringContaining('Hello Peter.'),
      ]);
    },
  );

  it('comes back when somebody has deleted what was posted', async () => {
    const answer = answerTo(note);
    await report(answer);
    for (const message of own()) home.slack.people.deleteMessage(message);
    await deliver(answer, 'Hello Peter.');
    expect(own()).toHaveLength(1);
  });

  it('stands once after a crash, however wrong the clock was by which it came to be', async () => {
    for (const hours of [-1, 1]) {
      note = clip();
      const at = new Date(home.clock.now().getTime() + hours * 3_600_000);
      const answer = answerTo(note, at);
      await platform.deliver(answer.with([spoken('Hello Peter.')]), signal);
      const before = own().length;
      platform = (await home.again()).get(PlatformRegistry, { strict: false }).get('slack');
      await deliver(answer, 'Hello Peter.');
      expect(own()).toHaveLength(before);
    }
  });

  it('is not taken for another one in the same thread, nor for what somebody else says of it', async () => {
    const [first, second] = [answerTo(note), answerTo(note, new Date(Date.now() - 60_000))];
    const metadata = {
      event_type: 'hark_answer',
      event_payload: { answer: second.id, index: 0, shown: 'x' },
    };
    home.slack.board.post({ user: mara.id, channel: channel.id, threadTs: note.ts, text: 'mine', metadata });
    await deliver(first, 'First.');
    await deliver(second, 'Second.');
    expect(own().map((message) => seenOf(home.slack, message).text)).toEqual([
      expect.stringContaining('First.'),
      expect.stringContaining('Second.'),
    ]);
  });

  it('stands alone when its note is gone and the workspace keeps transcripts', async () => {
    const scope = { platform: 'slack', kind: 'server', id: channel.teamId } as const;
    await home.app.get(PreferenceStore, { strict: false }).set(scope, { eraseWithMessage: false });
    home.slack.people.deleteMessage(note);
    await deliver(answerTo(note), 'Hello Peter.');
    expect(own()).toHaveLength(1);
  });

  it('stops at once when it is told to, and is found by the next attempt', async () => {
    const answer = answerTo(note);
    const [stop, hold] = [new AbortController(), Promise.withResolvers<void>()];
    home.slack.faults.next({ method: 'chat.postMessage', kind: 'hold', until: hold.promise });
    const attempt = platform.deliver(answer.with([spoken('Hello.')]), stop.signal);
    await home.slack.waitFor('the post', () => own().length === 1);
    stop.abort(new Error('shutdown'));
    await expect(attempt).rejects.toThrow('shutdown');
    await deliver(answer, 'Hello.');
    hold.resolve();
    expect(own()).toHaveLength(1);
  });
});

describe('a long text', () => {
  it('is a snippet in the thread, once, however often it is delivered', async () => {
    const answer = answerTo(note);
    await deliver(answer, LONG);
    expect(await filesArrived(1)).toEqual([{ name: 'transcript.txt', text: `${LONG}\n` }]);
    expect(own().every(({ threadTs }) => threadTs === note.ts)).toBe(true);
    await deliver(answer, LONG);
    answer.reply = undefined;
    await deliver(answer, LONG);
    expect(home.slack.log.callsOf('files.completeUploadExternal')).toHaveLength(1);
    expect(home.slack.log.callsOf('upload').map(({ token }) => token)).toEqual([undefined]);
  });

  it.each([
    ['files.getUploadURLExternal', { kind: 'ratelimited', retryAfter: 0 }],
    ['upload', { kind: 'status', status: 503 }],
    ['upload', { kind: 'drop', when: 'after' }],
    ['files.completeUploadExternal', { kind: 'drop', when: 'before' }],
    ['files.completeUploadExternal', { kind: 'drop', when: 'after' }],
    ['files.completeUploadExternal', { kind: 'status', status: 500 }],
  ] as const)('arrives once when %s meets %o', async (method, fault) => {
    home.slack.uploads.shareDelayMs = 0;
    const answer = answerTo(note);
    await report(answer);
    home.slack.faults.next({ method, ...fault });
    await deliverAtLast(answer, LONG);
    expect(home.slack.faults.left).toBe(0);
    expect(files()).toEqual([{ name: 'transcript.txt', text: `${LONG}\n` }]);
    expect(own()).toHaveLength(2);
  });

  it('takes the place of the one before, and goes with the answer', async () => {
    home.slack.uploads.shareDelayMs = 0;
    const answer = answerTo(note);
    await deliver(answer, LONG);
    await deliver(answer, `${LONG} more`);
    expect(files()).toEqual([{ name: 'transcript.txt', text: `${LONG} more\n` }]);
    await deliver(answer, 'Short.');
    expect([files(), own().length]).toEqual([[], 1]);
    await deliver(answer, LONG);
    await platform.retract({ address: answer.address, reply: answer.reply ?? {} });
    expect(own()).toEqual([]);
    expect(
      [...home.slack.world.files.values()].filter(({ user, deleted }) => user !== mara.id && !deleted),
    ).toEqual([]);
  });
});

describe('the rates', () => {
  it('are kept: bursts of answers arrive without Slack having to slow them down', async () => {
    home.slack.postRate.enforce = { burst: 3 };
    const answers = Array.from({ length: 5 }, () => answerTo(clip()));
    await Promise.all(answers.map((answer) => deliver(answer, 'Hello.')));
    expect(own()).toHaveLength(5);
    expect(home.slack.postRate.tooFast).toBe(0);
  });

  it('leave room for what is finished: progress that nobody could follow is left out', async () => {
    const answer = answerTo(note);
    for (let step = 1; step <= 60; step += 1) await report(answer, `Word ${step}.`, step / 100);
    const edits = home.slack.log.callsOf('chat.update').length;
    expect(edits).toBeGreaterThan(10);
    expect(edits).toBeLessThanOrEqual(30);
    await deliver(answer, 'All of it.');
    expect(seenOf(home.slack, own()[0] as Message).text).toContain('All of it.');
  });

  it('are those that Slack asks for: no progress is shown before the time, and the error names it', async () => {
    const answer = answerTo(note);
    await report(answer);
    home.slack.faults.next({ method: 'chat.update', kind: 'ratelimited', retryAfter: 30 });
    const before = home.clock.now().getTime();
    const error: unknown = await deliver(answer, 'One.').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'platform_unavailable', retryable: true });
    const { retryAt } = error as { retryAt: Date };
    expect(retryAt.getTime()).toBeGreaterThanOrEqual(before + 30_000);
    const calls = home.slack.log.calls.length;
    await report(answer, 'Two.');
    expect(home.slack.log.calls).toHaveLength(calls);
  });
});
