import { AnswerUnderTest, listening, spoken } from '../../../../test/support/answers';
import { messagesOf, seenOf } from '../../../../test/support/slack-bench';
import { openSlackHome, SlackHome } from '../../../../test/support/slack-home';
import { readBlocks } from '../../../../test/support/slack-reader';
import { Channel, User } from '../../../../test/support/slack-server/slack-model';
import { ChatPlatform } from '../../../core/chat-platform';
import { PlatformRegistry } from '../../../core/platform.registry';
import { SlackFirstAttempts } from './first-attempts';
import { SlackReply } from './reply';

const MINUTE = 60_000;
const { signal } = new AbortController();
let home: SlackHome;
let platform: ChatPlatform;
let mara: User;
let channel: Channel;

beforeEach(async () => {
  home = await openSlackHome();
  home.slack.uploads.shareDelayMs = 0;
  platform = home.app.get(PlatformRegistry, { strict: false }).get('slack');
  mara = home.slack.world.addUser({ name: 'mara' });
  channel = home.slack.world.addChannel({ creator: mara });
});
afterEach(() => home.close());

/** Somebody uses a command that this process hears, unless that was at another time; the answer to it. */
async function asked({
  ephemeral = true,
  where = channel,
  at,
}: { ephemeral?: boolean; where?: Channel; at?: Date } = {}): Promise<AnswerUnderTest> {
  const command = { user: mara, channel: where, command: '/transcribe', text: 'https://example.org/a.ogg' };
  const { body } = await home.slack.gestures.command(command);
  if (!at) home.app.get(SlackFirstAttempts, { strict: false }).heard(String(body.trigger_id));
  const interaction = {
    id: String(body.trigger_id),
    token: String(body.response_url),
    expiresAt: new Date(Date.now() + 29 * MINUTE),
    ephemeral,
    extra: { userId: mara.id },
  };
  const address = { platform: 'slack', workspace: where.teamId, channel: where.id, interaction };
  return new AnswerUnderTest(address, { kind: 'attachment', platform: 'slack', ids: {} }, at);
}

async function report(answer: AnswerUnderTest): Promise<void> {
  answer.reply = (await platform.report(answer.with([listening()]), signal)) ?? answer.reply;
}
async function deliver(answer: AnswerUnderTest, text: string): Promise<SlackReply> {
  answer.reply = await platform.deliver(answer.with([spoken(text)]), signal);
  return answer.reply as SlackReply;
}
const inChannel = () => messagesOf(home.slack, channel.id).map((message) => seenOf(home.slack, message));
const inDirect = () =>
  messagesOf(home.slack, home.slack.world.im(mara).id).map((one) => seenOf(home.slack, one));
const whispered = () => home.slack.world.ephemerals.map(({ blocks = [] }) => readBlocks(blocks).text);
const uses = () => home.slack.log.callsOf('response_url').length;

describe('a private answer', () => {
  it('goes by the response address: that it listens once, and what was said once', async () => {
    const answer = await asked();
    for (let time = 0; time < 3; time += 1) await report(answer);
    expect(whispered()).toEqual(['Listening …']);
    const reply = await deliver(answer, 'Hello Peter.');
    await deliver(answer, 'Hello Peter.');
    await report(answer);
    expect(whispered()).toEqual(['Listening …', expect.stringContaining('Hello Peter.')]);
    expect(reply).toMatchObject({ via: 'response', uses: 2 });
    expect([inChannel(), inDirect()]).toEqual([[], []]);
  });

  it('is not one whose draft could be improved', async () => {
    const answer = await asked();
    expect(platform.canRevise(answer.with([listening()]))).toBe(false);
  });

  it('has no button for a private copy', async () => {
    await deliver(await asked(), 'Hello.');
    const buttons = JSON.stringify(home.slack.world.ephemerals[0]?.blocks);
    expect(buttons).toContain('hark:delete');
    expect(buttons).not.toContain('hark:private-copy');
  });

  it('goes directly to the asker when the address has expired', async () => {
    const answer = await asked();
    await report(answer);
    home.slack.advance(31 * MINUTE);
    home.clock.skip(31 * MINUTE);
    expect(await deliver(answer, 'Hello Peter.')).toMatchObject({ via: 'dm' });
    expect(inDirect()).toMatchObject([{ text: expect.stringContaining('Hello Peter.') }]);
    expect(uses()).toBe(1);
    await deliver(answer, 'Hello Paul.');
    expect(inDirect()).toMatchObject([{ text: expect.stringContaining('Hello Paul.') }]);
  });

  it('is never sent to the response address twice, whatever becomes of it', async () => {
    for (const fault of [
      { kind: 'drop', when: 'before' },
      { kind: 'status', status: 500 },
      { kind: 'ratelimited', retryAfter: 1 },
    ] as const) {
      const answer = await asked();
      const [before, direct] = [uses(), inDirect().length];
      home.slack.faults.next({ method: 'response_url', ...fault });
      expect(await deliver(answer, 'Hello Peter.')).toMatchObject({ via: 'dm' });
      expect(inDirect()).toHaveLength(direct + 1);
      // The second one only says where to look.
      expect(uses()).toBe(before + 2);
      expect(whispered().at(-1)).toBe('The transcript was sent to you as a private message.');
    }
    expect(inChannel()).toEqual([]);
  });

  it('is not lost with the reply to it: it may stand in place, and stands directly, once each', async () => {
    const answer = await asked();
    home.slack.faults.next({ method: 'response_url', kind: 'drop', when: 'after' });
    expect(await deliver(answer, 'Hello Peter.')).toMatchObject({ via: 'dm' });
    answer.reply = undefined;
    await deliver(answer, 'Hello Peter.');
    expect(whispered().filter((text) => text.includes('Hello Peter.'))).toHaveLength(1);
    expect(inDirect()).toMatchObject([{ text: expect.stringContaining('Hello Peter.') }]);
  });

  it('leaves a use of the response address to others', async () => {
    const answer = await asked();
    for (const text of ['One.', 'Two.', 'Three.', 'Four.']) await deliver(answer, text);
    expect(uses()).toBe(4);
    await deliver(answer, 'Five.');
    expect(inDirect()).toMatchObject([{ text: expect.stringContaining('Five.') }]);
  });

  it('is given directly after a restart, for nobody knows what was said before', async () => {
    const answer = await asked({ at: new Date(Date.now() - MINUTE) });
    expect(await deliver(answer, 'Hello Peter.')).toMatchObject({ via: 'dm' });
    expect(inDirect()).toHaveLength(1);
  });

  it('is given directly when it is long, whole, and says so where it was asked', async () => {
    const text = Array.from({ length: 3_000 }, (_, n) => `word${n}`).join(' ');
    const answer = await asked();
    await report(answer);
    await deliver(answer, text);
    const [message, file] = inDirect();
    expect(text.startsWith((message?.text ?? '').slice(0, 500))).toBe(true);
    expect(file?.files).toEqual([{ name: 'transcript.txt', text: `${text}\n` }]);
    expect(whispered()).toEqual(['Listening …', 'The transcript was sent to you as a private message.']);
    expect(inChannel()).toEqual([]);
  });

  it.each([
    { kind: 'drop', when: 'after' },
    { kind: 'drop', when: 'before' },
    { kind: 'status', status: 503 },
  ] as const)('arrives directly once when the post meets %o', async (fault) => {
    const answer = await asked({ at: new Date(Date.now() - MINUTE) });
    home.slack.faults.next({ method: 'chat.postMessage', ...fault });
    await expect(deliver(answer, 'Hello Peter.')).rejects.toMatchObject({ retryable: true });
    await deliver(answer, 'Hello Peter.');
    expect(inDirect()).toHaveLength(1);
  });

  it('leaves nothing to take back', async () => {
    const answer = await asked();
    const reply = await deliver(answer, 'Hello Peter.');
    const { interaction: _, ...address } = answer.address;
    const before = home.slack.log.calls.length;
    await platform.retract({ address, reply });
    expect(home.slack.log.calls).toHaveLength(before);
  });
});

describe('a public answer to a command', () => {
  it('stands in the channel, where it grows', async () => {
    const answer = await asked({ ephemeral: false });
    await report(answer);
    expect(inChannel()).toMatchObject([{ text: 'Listening …' }]);
    await deliver(answer, 'Hello Peter.');
    expect(inChannel()).toMatchObject([{ text: expect.stringContaining('Hello Peter.') }]);
    expect(uses()).toBe(0);
  });

  it('goes by the response address where hark is no member, once for all to see', async () => {
    const elsewhere = home.slack.world.addChannel({ creator: mara, withBot: false });
    const answer = await asked({ ephemeral: false, where: elsewhere });
    await report(answer);
    expect(whispered()).toEqual(['Listening …']);
    await deliver(answer, 'Hello Peter.');
    const [message, ...others] = messagesOf(home.slack, elsewhere.id);
    expect(message && seenOf(home.slack, message).text).toContain('Hello Peter.');
    expect(others).toEqual([]);
    expect(inDirect()).toEqual([]);
  });
});
