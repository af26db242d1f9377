import { JanitorService } from '../../src/core/janitor.service';
import { JobArchive } from '../../src/core/job-archive';
import { PersonExport } from '../../src/core/person-export';
import { SlackVisit, audio, says, textOfHome } from '../support/slack-visit';
import { Channel, EphemeralMessage, User } from '../support/slack-server/slack-model';

const HELLO = 'Hello Peter, please bring three white flowers.';
const CODE = 'The code is eleven five eleven two.';
const DAY = 86_400_000;

describe("people's rights in Slack", () => {
  let visit: SlackVisit;
  beforeAll(async () => {
    visit = await SlackVisit.start('Socket Mode', {}, { RETENTION_DAYS: '30', KEEP_AUDIO_DAYS: '7' });
  }, 60_000);
  afterAll(() => visit?.[Symbol.asyncDispose]());

  const privacy = async (user: User, channel: Channel): Promise<EphemeralMessage> => {
    await visit.slack.gestures.command({ user, channel, command: '/hark', text: 'privacy' });
    return visit.toldIn(channel, user, ({ blocks }) =>
      JSON.stringify(blocks).includes('hark-privacy:export'),
    );
  };
  /** What the user alone got as a file. */
  const exportOf = async (user: User): Promise<PersonExport> => {
    const { world, gestures } = visit.slack;
    const direct = world.im(user);
    const before = world.messagesIn(direct.id).length;
    await gestures.act(user, await privacy(user, direct), 'hark-privacy:export');
    const message = await visit.slack.waitForMessage(
      direct,
      ({ fileIds, ts }) =>
        fileIds.length > 0 && world.messagesIn(direct.id).findIndex((one) => one.ts === ts) >= before,
    );
    const file = world.files.get(message.fileIds[0] ?? '');
    expect([file?.name, file?.shares.map(({ channel }) => channel)]).toEqual([
      'hark-export.json',
      [direct.id],
    ]);
    return JSON.parse(file?.content.toString() ?? '') as PersonExport;
  };
  const search = async (text: string, includePrivate = true): Promise<string[]> => {
    const archive = visit.hark.app.get(JobArchive, { strict: false });
    return (await archive.list({ text, includePrivate, limit: 10 })).jobs.map(
      ({ text: words }) => words ?? '',
    );
  };
  const clip = (user: User, channel: Channel, name: string) =>
    visit.slack.shareFile({ user, channel, files: [{ content: audio(name) }] });

  it('opt-out: neither read automatically nor for others, but for themselves', async () => {
    const { world, gestures } = visit.slack;
    const [admin, shy] = [world.addUser({ name: 'admin' }), world.addUser({ name: 'shy' })];
    const channel = await visit.automaticChannel(admin);
    visit.slack.channels.join(channel, shy);
    const panel = await privacy(shy, channel);
    await gestures.act(shy, panel, 'hark-privacy:opt-out');
    await visit.slack.waitFor('the choice', () => says(panel, 'not transcribed, except'));
    const { message } = clip(shy, channel, '01-en.ogg');
    await visit.acknowledged();
    await gestures.shortcut(admin, message, 'transcribe_message');
    await visit.toldIn(channel, admin, (told) => says(told, 'asked not to be transcribed'));
    expect(await visit.jobsIn(channel)).toEqual([]);
    await gestures.shortcut(shy, message, 'transcribe_message');
    await visit.answer(channel, message.ts, HELLO);
  }, 60_000);

  it('export: all that is stored of oneself, as a file in the direct message', async () => {
    const { world, gestures } = visit.slack;
    const [anna, ben] = [world.addUser({ name: 'anna' }), world.addUser({ name: 'ben' })];
    const channel = world.addChannel({ creator: anna, members: [ben] });
    for (const [user, name, words] of [
      [anna, '01-en.ogg', HELLO],
      [ben, '02-en.ogg', CODE],
    ] as const) {
      const { message } = clip(user, channel, name);
      await gestures.shortcut(user, message, 'transcribe_message');
      await visit.answer(channel, message.ts, words);
    }
    const mine = await exportOf(anna);
    expect(mine).toMatchObject({
      person: { platform: 'slack', id: anna.id },
      use: [{ seconds: expect.any(Number) as number }],
      recordings: [
        { youSpoke: true, youAsked: true, askedBy: { name: 'anna' }, transcript: { text: HELLO } },
      ],
    });
    expect(mine.recordings).toHaveLength(1);
  }, 60_000);

  it('a private transcript: nobody else sees it or finds it', async () => {
    const { world, gestures } = visit.slack;
    const [speaker, asker] = [world.addUser({ name: 'speaker' }), world.addUser({ name: 'asker' })];
    const channel = await visit.automaticChannel(speaker);
    visit.slack.channels.join(channel, asker);
    const { message } = clip(speaker, channel, '03-de.ogg');
    const answer = await visit.answer(channel, message.ts, 'Danke Peter');
    await visit.slack.waitFor('the buttons', () => JSON.stringify(answer.blocks).includes('hark:translate'));
    await gestures.act(asker, answer, 'hark:translate');
    await visit.toldIn(channel, asker, (told) => says(told, 'Thank you Peter'));
    expect(visit.own(channel).some((one) => says(one, 'Thank you Peter'))).toBe(false);
    expect(await search('thank you', false)).toEqual([]);
    expect(await search('thank you')).toHaveLength(1);
    visit.slack.views.openHome(speaker);
    const home = await visit.slack.waitFor('the Home', () => visit.slack.views.homeOf(speaker.id));
    expect(textOfHome(home)).toContain('Danke Peter');
    expect(textOfHome(home)).not.toContain('Thank you Peter');
  }, 60_000);

  it('direct messages, of two and of a group: nobody else finds them, and their audio is not kept', async () => {
    const { world, gestures } = visit.slack;
    const [uma, vic] = [world.addUser({ name: 'uma' }), world.addUser({ name: 'vic' })];
    const direct = world.im(uma);
    const group = (): Channel =>
      world.addChannel({ kind: 'mpim', name: 'mpdm-uma--vic-1', creator: uma, members: [vic] });
    const [byMention, byMenu] = [group(), group()];
    const channel = world.addChannel({ creator: uma, members: [vic] });
    const alone = clip(uma, direct, '02-en.ogg').message;
    await visit.answer(direct, alone.ts, CODE);
    for (const place of [byMention, channel]) {
      const { message } = clip(vic, place, '02-en.ogg');
      const text = `<@${visit.slack.botUserId}>`;
      visit.slack.people.say({ user: uma, channel: place, text, threadTs: message.ts });
      await visit.answer(place, message.ts, CODE);
    }
    const { message } = clip(vic, byMenu, '02-en.ogg');
    await gestures.shortcut(uma, message, 'transcribe_message');
    await visit.answer(byMenu, message.ts, CODE);
    for (const place of [direct, byMention, byMenu, channel]) {
      while ((await visit.jobsIn(place)).some(({ status }) => status !== 'done'))
        await new Promise((resolve) => setImmediate(resolve));
      const [job] = await visit.jobsIn(place);
      expect([place.id, job?.confidential, job?.audio !== undefined]).toEqual([
        place.id,
        place !== channel,
        place === channel,
      ]);
    }
    const archive = visit.hark.app.get(JobArchive, { strict: false });
    const { jobs } = await archive.list({ text: 'eleven five', user: uma.id, limit: 10 });
    expect(jobs.map(({ replyTo }) => replyTo?.channel)).toEqual([channel.id]);
    const his = JSON.stringify(await exportOf(vic));
    expect(his).toContain(CODE);
    for (const { id } of [byMention, byMenu, uma]) expect(his).not.toContain(id);
  }, 60_000);

  it('a file that is deleted where files are listed: its transcript goes, too', async () => {
    const { world } = visit.slack;
    const mara = world.addUser({ name: 'mara' });
    const channel = await visit.automaticChannel(mara);
    const two = {
      user: mara,
      channel,
      files: [{ content: audio('02-en.ogg') }, { content: audio('04-en.ogg') }],
    };
    const { message, files } = visit.slack.shareFile(two);
    await visit.answer(channel, message.ts, CODE);
    const answer = await visit.answer(channel, message.ts, 'call Thomas');
    const [first, second] = files;
    if (!first || !second) throw new Error('There are two files.');
    visit.slack.people.deleteFile(first);
    await visit.slack.waitFor('the words to go', () => !says(answer, CODE) && says(answer, 'call Thomas'));
    expect(await visit.jobsIn(channel)).toHaveLength(1);
    visit.slack.people.deleteFile(second);
    await visit.slack.waitFor('the answer to go', () => !world.message(channel.id, answer.ts));
    await visit.erased(channel);
  }, 60_000);

  it('retention: transcript, search and what was posted go together', async () => {
    const { world } = visit.slack;
    const old = world.addUser({ name: 'old' });
    const channel = await visit.automaticChannel(old);
    const { message } = clip(old, channel, '01-en.ogg');
    const answer = await visit.answer(channel, message.ts, HELLO);
    while ((await visit.jobsIn(channel)).some(({ status }) => status !== 'done'))
      await new Promise((resolve) => setImmediate(resolve));
    const inAMonth = new Date(Date.now() + 31 * DAY);
    await visit.hark.app.get(JanitorService, { strict: false }).clean(inAMonth);
    expect(await search('flowers')).toEqual([]);
    await visit.slack.waitFor('the answer to go', () => !world.message(channel.id, answer.ts));
    expect(await exportOf(old)).toMatchObject({ use: [], recordings: [] });
  }, 60_000);
});
