import { APITextChannel, APIUser } from 'discord.js';
import { ErasureService } from '../../src/core/erasure.service';
import { DiscordScene, note, wordsOf } from '../support/discord-scene';
import { StoredMessage } from '../support/discord-server/state/message-board';
import { OpenAiServer } from '../support/openai-server/openai-server';

const DAY_MS = 86_400_000;

describe('the same audio once more', () => {
  let engine: OpenAiServer;
  let scene: DiscordScene;
  let spoken = 0;

  beforeAll(async () => {
    let hearings = 0;
    // Which hearing it was shows in its words.
    engine = await OpenAiServer.start({ ears: () => ({ text: `Hearing ${++hearings}.`, language: 'en' }) });
    const openai = { TRANSCRIBERS: 'openai', OPENAI_BASE_URL: engine.url, OPENAI_MODEL: 'whisper-1' };
    scene = await DiscordScene.open({ variables: { ...openai, REUSE_DAYS: '7' } });
  }, 60_000);
  afterAll(async () => {
    await scene.close();
    await engine.stop();
  });

  /** Audio that no other test has. */
  let audio = note(0);
  beforeEach(() => void (audio = note(spoken++)));

  const automatic = async (more: { language?: string } = {}): Promise<APITextChannel> => {
    const channel = scene.channel();
    await scene.prefer('channel', channel, { automatic: true, ...more });
    return channel;
  };
  const post = async (channel: APITextChannel, author: APIUser): Promise<string> => {
    scene.voice(channel, author, audio);
    return heardIn(await scene.answer(channel, 'Hearing'));
  };
  const menu = async (message: StoredMessage, user: APIUser, name: string): Promise<string> => {
    const asked = scene.server.useContextMenu({ name, message, user });
    return heardIn(await scene.response(asked, 'Hearing'));
  };
  const heardIn = ({ data }: StoredMessage): string => /Hearing \d+/.exec(wordsOf(data))?.[0] ?? '';
  const latest = async () => (await scene.jobs())[0];

  it('is not listened to in the same server, whoever posts it', async () => {
    const first = await post(await automatic(), scene.anna);
    expect(await latest()).toMatchObject({ reused: false, timings: { engine: expect.any(Number) } });
    const asked = engine.heard.length;
    expect(await post(await automatic(), scene.ben)).toBe(first);
    expect(engine.heard).toHaveLength(asked);
    const job = await latest();
    expect(job).toMatchObject({ reused: true, media: { format: 'ogg/opus', name: 'voice-message.ogg' } });
    expect(job?.timings.engine).toBeUndefined();
  });

  it('is not even downloaded when it is the same message', async () => {
    const posted = scene.voice(scene.channel(), scene.anna, audio);
    const first = await menu(posted, scene.ben, 'Transcribe');
    const fetched = () => scene.server.requests.filter(({ path }) => path.includes('/attachments/')).length;
    const before = fetched();
    expect(await menu(posted, scene.anna, 'Transcribe privately')).toBe(first);
    expect(fetched()).toBe(before);
  });

  it('is listened to in another server', async () => {
    const first = await post(await automatic(), scene.anna);
    const { build } = scene.server;
    const other = build.addGuild('Others');
    build.addMember(other, scene.ben);
    const channel = build.addTextChannel(other, 'elsewhere');
    await scene.prefer('channel', channel, { automatic: true });
    expect(await post(channel, scene.ben)).not.toBe(first);
  });

  it('that was private stays with who asked', async () => {
    const quiet = () => scene.voice(scene.channel(), scene.anna, audio);
    const secret = await menu(quiet(), scene.ben, 'Transcribe privately');
    expect(await menu(quiet(), scene.ben, 'Transcribe privately')).toBe(secret);
    const open = await post(await automatic(), scene.anna);
    expect(open).not.toBe(secret);
    const dora = scene.member('Dora');
    expect(await menu(quiet(), dora, 'Transcribe privately')).toBe(open);
  });

  it('is listened to when what was heard has been erased, copies or not', async () => {
    const first = await post(await automatic(), scene.anna);
    const original = await latest();
    expect(await post(await automatic(), scene.ben)).toBe(first);
    const copy = await latest();
    await scene.home.app.get(ErasureService, { strict: false }).erase(original?.id ?? '');
    expect((await scene.jobs()).find(({ id }) => id === copy?.id)?.text).toBe(`${first}.`);
    expect(await post(await automatic(), scene.anna)).not.toBe(first);
  });

  it('is listened to in another language', async () => {
    const first = await post(await automatic(), scene.anna);
    expect(await post(await automatic({ language: 'de' }), scene.anna)).not.toBe(first);
    expect(engine.heard.at(-1)?.fields.language).toEqual(['de']);
  });

  it('is listened to when somebody wants another try', async () => {
    const channel = await automatic();
    const first = await post(channel, scene.anna);
    const answer = await scene.answer(channel, first);
    const asked = engine.heard.length;
    const panel = await scene.said(scene.press(answer, 'try-again', scene.anna), 'Try again');
    scene.choose(panel, 'retry-language', 'auto', scene.anna);
    await scene.answer(channel, `Hearing ${asked + 1}.`);
  });

  it('is listened to when its first speaker wants to be left alone', async () => {
    const first = await post(await automatic(), scene.anna);
    await scene.prefer('user', scene.anna, { optedOut: true });
    expect(await post(await automatic(), scene.ben)).not.toBe(first);
    await scene.prefer('user', scene.anna, { optedOut: undefined });
  });

  it('is listened to after so many days, counted from when it was heard', async () => {
    const first = await post(await automatic(), scene.anna);
    scene.home.clock.skip(6 * DAY_MS);
    expect(await post(await automatic(), scene.ben)).toBe(first);
    scene.home.clock.skip(2 * DAY_MS);
    expect(await post(await automatic(), scene.ben)).not.toBe(first);
  });
});
