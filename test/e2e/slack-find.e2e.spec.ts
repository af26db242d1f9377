import { JobQueue } from '../../src/core/job-queue';
import { JobStore } from '../../src/core/job-store';
import { spoken } from '../support/job-stages';
import { newJob } from '../support/new-job';
import { Channel, EphemeralMessage, Message, User } from '../support/slack-server/slack-model';
import { UserOptions } from '../support/slack-server/slack-world';
import { SlackVisit, audio, says } from '../support/slack-visit';

const HELLO = 'Hello Peter, please bring three white flowers.';
const FIND = 'hark-find:next';

describe('/find in Slack', () => {
  let visit: SlackVisit;
  beforeAll(async () => {
    visit = await SlackVisit.start('Socket Mode');
  }, 60_000);
  afterAll(() => visit?.[Symbol.asyncDispose]());

  const person = (name: string, more: UserOptions = {}): User => visit.slack.world.addUser({ name, ...more });
  /** What this one search told its user. */
  const asks = async (user: User, text: string, channel: Channel): Promise<EphemeralMessage> => {
    const before = visit.slack.world.ephemerals.length;
    await visit.slack.gestures.command({ user, channel, command: '/find', text });
    return visit.slack.waitFor('what was found', () =>
      visit.slack.world.ephemerals.slice(before).find((told) => told.user === user.id),
    );
  };
  const found = async (user: User, text: string, channel: Channel): Promise<EphemeralMessage> => {
    const told = await asks(user, text, channel);
    expect(told).toMatchObject({ text: expect.stringContaining('Found for') as string, via: 'response_url' });
    return told;
  };
  const nothing = async (user: User, text: string, channel: Channel): Promise<void> => {
    const told = await asks(user, text, channel);
    expect(told.text).toContain('has all these words');
    expect(told.blocks).toHaveLength(1);
  };
  const settled = async (channel: Channel): Promise<void> => {
    while ((await visit.jobsIn(channel)).some(({ status }) => status !== 'done'))
      await new Promise((resolve) => setImmediate(resolve));
  };
  /** A clip in the channel that hark's own engine has read. */
  const read = async (user: User, channel: Channel): Promise<Message> => {
    const { message } = visit.slack.shareFile({ user, channel, files: [{ content: audio('01-en.ogg') }] });
    await visit.slack.gestures.shortcut(user, message, 'transcribe_message');
    await visit.answer(channel, message.ts, HELLO);
    await settled(channel);
    return message;
  };
  /** An answer that is posted as if these words had been heard. */
  const heard = async (user: User, channel: Channel, text: string): Promise<void> => {
    const jobs = visit.hark.app.get(JobStore, { strict: false });
    const { message } = visit.slack.people.say({ user, channel, text: 'listen' });
    const place = { platform: 'slack', workspace: channel.teamId, channel: channel.id };
    const { job } = await jobs.add(newJob({ user: user.id, replyTo: { ...place, message: message.ts } }));
    await jobs.claim(job.id, { owner: 'test', until: new Date(Date.now() + 60_000) }, new Date());
    await jobs.finish(job.id, 'test', spoken(text), new Date());
    visit.hark.app.get(JobQueue, { strict: false }).wake('delivery');
    await settled(channel);
  };
  const textOf = ({ blocks }: EphemeralMessage): string => JSON.stringify(blocks);

  it('finds nothing of a private channel for who is not in it, and the same for who is', async () => {
    const [member, outsider] = [person('member'), person('outsider')];
    const { world, channels } = visit.slack;
    const closed = world.addChannel({ kind: 'group', name: 'closed', creator: member });
    const lobby = world.addChannel({ creator: outsider, members: [member] });
    const note = await read(member, closed);
    await nothing(outsider, 'flowers', lobby);
    const told = await found(member, 'FLOWERS peter', lobby);
    expect(says(told, 'please bring three white')).toBe(true);
    expect(textOf(told)).toMatch(/\*member\* · <!date\^\d+\^.* · <#\w+> · at 0:0\d · /);
    expect(textOf(told)).toContain('*Peter*');
    const address = `https://acme.slack.com/archives/${closed.id}/p${note.ts.replace('.', '')}`;
    expect(textOf(told)).toContain(`<${address}|Go there>`);

    channels.leave(closed, member);
    await nothing(member, 'flowers', lobby);
    channels.join(closed, outsider);
    await found(outsider, 'flowers', lobby);
    // Without hark in it nobody says who is.
    channels.removeBot(closed);
    await nothing(outsider, 'flowers', lobby);
  }, 60_000);

  it('finds what is in public channels for the workspace, but not for guests and strangers', async () => {
    const [speaker, colleague] = [person('speaker'), person('colleague')];
    const [guest, stranger] = [person('guest', { isGuest: true }), person('stranger', { isStranger: true })];
    const { world, channels } = visit.slack;
    const open = world.addChannel({ creator: speaker });
    const lobby = world.addChannel({ creator: speaker, members: [colleague, guest, stranger] });
    await heard(speaker, open, 'a walrus sings');
    await found(colleague, 'walrus', lobby);
    for (const user of [guest, stranger]) await nothing(user, 'walrus', lobby);
    channels.join(open, guest);
    await found(guest, 'walrus', lobby);
    world.user(colleague.id).deleted = true;
    expect((await asks(colleague, 'walrus', lobby)).text).toContain('does not say');
  });

  it('shows nothing where Slack does not tell who may see what', async () => {
    const [speaker, colleague] = [person('speaker'), person('colleague')];
    const channel = visit.slack.world.addChannel({ creator: speaker, members: [colleague] });
    await heard(speaker, channel, 'an ibex climbs');
    const { scopes } = visit.slack.world.team().bot;
    scopes.delete('groups:read');
    const told = await asks(colleague, 'ibex', channel);
    scopes.add('groups:read');
    expect(textOf(told)).not.toContain('climbs');
    await found(colleague, 'ibex', channel);
  });

  it('finds direct messages and private transcripts for their owner only', async () => {
    const [uma, vic] = [person('uma'), person('vic')];
    const { world } = visit.slack;
    const lobby = world.addChannel({ creator: uma, members: [vic] });
    const direct = world.im(uma);
    const files = [{ content: audio('02-en.ogg') }];
    const { message } = visit.slack.shareFile({ user: uma, channel: direct, files });
    await visit.answer(direct, message.ts, 'eleven five eleven two');
    await settled(direct);
    await nothing(vic, 'eleven', lobby);
    const told = await found(uma, 'eleven five', lobby);
    expect(textOf(told)).toContain(`archives/${direct.id}/`);
  }, 60_000);

  it('shows page by page, escapes what was said, and asks little', async () => {
    const user = person('reader');
    const channel = visit.slack.world.addChannel({ creator: user });
    for (let index = 0; index < 7; index++) {
      await heard(user, channel, `penguin ${index} <!channel> <@${user.id}> *x* <https://evil.example|y>`);
    }
    const calls = visit.slack.log.callsOf('users.conversations').length;
    const told = await found(user, 'penguin', channel);
    expect(visit.slack.log.callsOf('users.conversations').length - calls).toBe(2);
    expect(textOf(told).match(/penguin\* \d/g)).toHaveLength(5);
    for (const marked of ['<!channel>', '<@', '<https://evil']) expect(textOf(told)).not.toContain(marked);
    await visit.slack.gestures.act(user, told, FIND);
    await visit.slack.waitFor('the next page', () => textOf(told).includes('penguin* 0'));
    expect(textOf(told)).not.toContain('penguin* 2');
    expect(textOf(told)).not.toContain(FIND);
    expect((await asks(user, '', channel)).text).toContain('/find');
  }, 60_000);
});
