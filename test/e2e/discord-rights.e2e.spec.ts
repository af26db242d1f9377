import { APIMessage, APIUser } from 'discord.js';
import { DeliveryService } from '../../src/core/delivery.service';
import { JanitorService } from '../../src/core/janitor.service';
import { JobArchive } from '../../src/core/job-archive';
import { JobStore } from '../../src/core/job-store';
import { PersonExport } from '../../src/core/person-export';
import { PreferenceStore } from '../../src/core/preference-store';
import { openDiscordHome } from '../support/discord-home';
import { DiscordScene, audioOf, note, wordsOf } from '../support/discord-scene';
import { InteractionRecord } from '../support/discord-server/state/interaction-desk';
import { StoredMessage } from '../support/discord-server/state/message-board';
import { spoken } from '../support/job-stages';
import { newJob } from '../support/new-job';

const HELLO = note(0);
const CODE = note(1);
const DAY = 86_400_000;

describe("people's rights in Discord", () => {
  let scene: DiscordScene;
  beforeAll(async () => {
    scene = await DiscordScene.open({ variables: { RETENTION_DAYS: '30', KEEP_AUDIO_DAYS: '7' } });
  }, 60_000);
  afterAll(() => scene.close());

  const menu = (message: { id: string }, user: APIUser, name = 'Transcribe'): InteractionRecord =>
    scene.server.useContextMenu({ name, message, user });
  const privacy = async (user: APIUser): Promise<StoredMessage> => {
    const channel = scene.channel();
    const asked = scene.server.useSlash({ channel, user, name: 'hark privacy' });
    return scene.said(asked, 'Your privacy');
  };
  /** What the user alone got as a file after pressing the button. */
  const exportOf = async (user: APIUser): Promise<PersonExport> => {
    const pressed = scene.press(await privacy(user), 'export', user);
    const [id = ''] = await scene.server.waitFor(() =>
      pressed.followUpIds.length > 0 ? pressed.followUpIds : undefined,
    );
    const message = scene.server
      .messages(pressed.channelId, { ephemeral: true })
      .find((each) => each.id === id);
    expect([message?.visibleTo, message?.data.attachments[0]?.filename]).toEqual([
      user.id,
      'hark-export.json',
    ]);
    const file = scene.server.fileOf(message?.data.attachments[0]?.id ?? '');
    return JSON.parse(file.toString('utf8')) as PersonExport;
  };
  /** The words are to be read a moment before the job is done. */
  const ended = async ({ id }: { id: string }): Promise<void> => {
    const own = async () => (await scene.jobs()).filter(({ replyTo }) => replyTo?.message === id);
    while ((await own()).some(({ status }) => status !== 'done'))
      await new Promise((resolve) => setImmediate(resolve));
  };
  const search = async (text: string, includePrivate: boolean) => {
    const archive = scene.home.app.get(JobArchive, { strict: false });
    return (await archive.list({ text, includePrivate, limit: 10 })).jobs;
  };

  it('opt-out: neither read automatically nor for others, but for themselves', async () => {
    const [shy, curious] = [scene.member('Shy'), scene.member('Curious')];
    const channel = scene.channel();
    await scene.prefer('channel', channel, { automatic: true });
    const panel = await privacy(shy);
    scene.press(panel, 'opt-out', shy);
    await scene.server.waitFor(() => wordsOf(panel.data).includes('not transcribed, except'));
    const posted = scene.voice(channel, shy);
    await scene.heardEverything();
    expect(scene.server.answers(channel)).toEqual([]);
    await scene.said(menu(posted, curious), 'asked not to be transcribed');
    expect((await scene.jobs()).filter(({ author }) => author.id === shy.id)).toEqual([]);
    await scene.response(menu(posted, shy), HELLO.text);
  });

  it('export: all that is stored of oneself, as a file that nobody else sees', async () => {
    const [anna, ben] = [scene.member('Export'), scene.member('Other')];
    await scene.prefer('user', anna, { language: 'en' });
    await scene.response(menu(scene.voice(scene.channel(), anna), anna), HELLO.text);
    await scene.response(
      menu(scene.voice(scene.channel(), ben, CODE), anna, 'Transcribe privately'),
      CODE.text,
    );
    await scene.response(menu(scene.voice(scene.channel(), ben), ben), HELLO.text);
    const mine = await exportOf(anna);
    expect(mine).toMatchObject({ person: { platform: 'discord', id: anna.id }, choices: { language: 'en' } });
    expect(mine.use).toHaveLength(2);
    expect(
      mine.recordings.map(({ transcript, youSpoke, youAsked }) => [transcript?.text, youSpoke, youAsked]),
    ).toEqual([
      [CODE.text, false, true],
      [HELLO.text, true, true],
    ]);
    // Ben has his words, but neither who else had them read nor that it was in private.
    const carl = scene.member('Third');
    await scene.response(menu(scene.voice(scene.channel(), ben, CODE), carl), CODE.text);
    const his = await exportOf(ben);
    const [openly, , privately] = his.recordings;
    expect([openly, privately]).toMatchObject([1, 2].map(() => ({ youAsked: false, youSpoke: true })));
    expect(Object.keys(privately ?? {})).toEqual(Object.keys(openly ?? {}));
    expect(JSON.stringify(privately)).not.toContain('private');
    for (const { id } of [anna, carl]) expect(JSON.stringify(his)).not.toContain(id);
  });

  it('a private transcript: nobody else sees it, finds it, or has it served again', async () => {
    const [asker, other] = [scene.member('Asker'), scene.member('Nosy')];
    const posted = scene.voice(scene.channel(), scene.anna, CODE);
    const secret = await scene.response(menu(posted, asker, 'Transcribe privately'), CODE.text);
    expect(secret.visibleTo).toBe(asker.id);
    const shown = (message: APIMessage): boolean => wordsOf(message).includes(CODE.text);
    expect(
      scene.server.messages(posted.channelId).filter(({ data, visibleTo }) => !visibleTo && shown(data)),
    ).toEqual([]);
    const [job] = (await scene.jobs()).filter(({ requester }) => requester.id === asker.id);
    expect(job?.private).toBe(true);
    const seenBy = async (includePrivate: boolean): Promise<string[]> =>
      (await search('eleven five', includePrivate)).map(({ id }) => id);
    expect(await seenBy(false)).not.toContain(job?.id);
    expect(await seenBy(true)).toContain(job?.id);
    const status = await scene.said(
      scene.server.useSlash({ channel: scene.channel(), user: other, name: 'hark status' }),
      'How hark is doing',
    );
    expect(wordsOf(status.data)).not.toContain(CODE.text);
    await scene.response(menu(posted, other), CODE.text);
    const [again] = (await scene.jobs()).filter(({ requester }) => requester.id === other.id);
    expect([again?.private, again?.id === job?.id]).toEqual([false, false]);
  });

  it('direct messages, of two and of a group: for those who are there, and their audio is not kept', async () => {
    const { build } = scene.server;
    const [asker, friend] = [build.addUser('Talker', { appInstalled: true }), scene.member('Friend')];
    const alone = build.openDm(asker);
    scene.voice(alone, asker, CODE);
    await scene.answer(alone, CODE.text);
    const group = build.addGroupDm(asker, friend);
    const posted = scene.voice(group, friend, CODE);
    await scene.response(menu(posted, asker), CODE.text);
    const open = scene.voice(scene.channel(), scene.anna, CODE);
    await scene.response(menu(open, scene.ben), CODE.text);
    for (const message of [posted, open]) await ended(message);
    const jobs = (await scene.jobs()).filter(({ requester }) => requester.id === asker.id);
    expect(jobs.map(({ private: hidden, confidential, audio }) => [hidden, confidential, audio])).toEqual([
      [false, true, undefined],
      [false, true, undefined],
    ]);
    const found = (await search('eleven five', false)).map(({ confidential, audio }) => [
      confidential,
      audio !== undefined,
    ]);
    expect(found).toContainEqual([false, true]);
    expect(found).not.toContainEqual([true, false]);
    // The speaker has their words, but neither who asked nor where.
    const his = await exportOf(friend);
    expect(his.recordings).toMatchObject([{ youSpoke: true, transcript: { text: CODE.text } }]);
    expect(JSON.stringify(his)).not.toContain(asker.id);
    expect(JSON.stringify(his)).not.toContain(group.id);
  });

  it('retention: transcript, search and what was posted go together', async () => {
    const user = scene.member('Old');
    const channel = scene.channel();
    const posted = scene.voice(channel, user);
    const answer = await scene.response(menu(posted, user), HELLO.text);
    await ended(posted);
    const janitor = scene.home.app.get(JanitorService, { strict: false });
    scene.home.clock.skip(29 * DAY);
    await janitor.clean(scene.home.clock.now());
    expect((await scene.jobs()).some(({ author }) => author.id === user.id)).toBe(true);
    scene.home.clock.skip(2 * DAY);
    await janitor.clean(scene.home.clock.now());
    expect(await scene.jobs()).toEqual([]);
    expect(await search('flowers', true)).toEqual([]);
    await scene.server.waitFor(() => answer.deletedAt, { what: 'the answer to go' });
    expect((await exportOf(user)).use).toEqual([]);
  });
});

describe('a note that is found deleted only when its answer is posted', () => {
  it.each([
    ['leaves no word', undefined, false],
    ['leaves its transcript where the server wants it kept', false, true],
  ])('%s', async (_, eraseWithMessage, stays) => {
    // Nothing is connected: nobody hears that the message goes.
    const { server, app, close } = await openDiscordHome();
    const guild = server.build.addGuild('Listeners');
    const user = server.build.addUser('Quick');
    server.build.addMember(guild, user);
    const channel = server.build.addTextChannel(guild, 'room');
    const posted = server.postVoiceMessage({ channel, author: user, audio: audioOf(HELLO) });
    const jobs = app.get(JobStore, { strict: false });
    const preferences = app.get(PreferenceStore, { strict: false });
    await preferences.set({ platform: 'discord', kind: 'server', id: guild.id }, { eraseWithMessage });
    const replyTo = { platform: 'discord', workspace: guild.id, channel: channel.id, message: posted.id };
    const { id, answerId = '' } = (await jobs.add(newJob({ user: user.id, replyTo }))).job;
    await jobs.claim(id, { owner: id, until: new Date(Date.now() + 60_000) }, new Date());
    await jobs.finish(id, id, spoken(HELLO.text), new Date());
    server.deleteMessages(posted);
    await app.get(DeliveryService, { strict: false }).run(answerId, new AbortController().signal);
    expect((await jobs.find(id))?.text).toBe(stays ? HELLO.text : undefined);
    await close();
  });
});
