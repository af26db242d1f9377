import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APITextChannel, APIUser } from 'discord.js';
import { writeBlownUp } from '../support/blown-up-model';
import { audioOf, note, wordsOf } from '../support/discord-scene';
import { DiscordServer } from '../support/discord-server/discord-server';
import { StoredMessage } from '../support/discord-server/state/message-board';
import { HarkProcess } from '../support/hark-process';
import { Note } from '../support/notes';
import { openTestStorage } from '../support/storage';

const DRAFT = 'A first draft';
const [SHORT, LONG] = [note(0), note(7)];
const PATIENCE = { timeoutMs: 60_000 };

describe('hark with a draft model in Discord', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hark-drafts-'));
  let server: DiscordServer;
  let hark: HarkProcess;
  let channel: APITextChannel;
  let [anna, ben]: APIUser[] = [];
  beforeAll(async () => {
    const model = join(folder, 'chosen.bin');
    writeBlownUp(model, 'base');
    server = await DiscordServer.start();
    hark = await HarkProcess.start({
      WHISPER_MODEL: model,
      DRAFT_MODEL: 'demo',
      DISCORD_TOKEN: server.token,
      DISCORD_API_URL: server.apiUrl,
      MEDIA_ALLOW_HOSTS: server.cdnHost,
    });
    const guild = server.build.addGuild('Listeners');
    channel = server.build.addTextChannel(guild, 'general');
    anna = server.build.addUser('Anna');
    ben = server.build.addUser('Ben');
    for (const user of [anna, ben]) server.build.addMember(guild, user);
    const storage = await openTestStorage(hark.dataDir);
    await storage.preferences.set({ platform: 'discord', kind: 'server', id: guild.id }, { automatic: true });
    await storage.close();
    await server.waitForLogin();
    // Until both models are loaded nothing comes first.
    const { id } = server.postVoiceMessage({ channel, author: anna, audio: audioOf(SHORT) });
    await settled(id, SHORT.text);
  }, 120_000);
  afterAll(async () => {
    await hark[Symbol.asyncDispose]();
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const say = (author: APIUser | undefined, spoken: Note): string =>
    server.postVoiceMessage({ channel, author: author!, audio: audioOf(spoken) }).id;
  const answer = (id: string, fits: (words: string) => boolean): Promise<StoredMessage> =>
    server.waitForMessage(
      channel,
      (message) => message.message_reference?.message_id === id && fits(wordsOf(message)),
      PATIENCE,
    );
  const drafted = (id: string): Promise<StoredMessage> => answer(id, (words) => words.includes(DRAFT));
  const settled = (id: string, text = ''): Promise<StoredMessage> =>
    answer(id, (words) => words.includes('chosen') && words.includes(text));
  const answersTo = (id: string): number =>
    server.answers(channel).filter(({ data }) => data.message_reference?.message_id === id).length;

  /** Messages that were posted or edited so far. */
  const requestsTo = (method: 'POST' | 'PATCH'): number =>
    server.requests.filter((request) => request.method === method && request.path.includes('/messages'))
      .length;

  it('answers with a draft, and has the same message say what the chosen model heard', async () => {
    const id = say(anna, LONG);
    const draft = await drafted(id);
    expect(wordsOf(draft.data)).toContain('We meet at the station');
    const [posted, edited] = [requestsTo('POST'), requestsTo('PATCH')];
    const final = await settled(id);
    expect(final.id).toBe(draft.id);
    expect(wordsOf(final.data)).not.toContain(DRAFT);
    expect(answersTo(id)).toBe(1);
    // An edit notifies nobody, and names nobody in a way that would.
    expect(requestsTo('POST')).toBe(posted);
    expect(requestsTo('PATCH')).toBeGreaterThan(edited);
    expect(final.data.mentions).toEqual([]);
    expect(final.pings).toEqual({ everyone: false, users: [], roles: [] });
  }, 90_000);

  it('reads a note that comes meanwhile before it improves anything', async () => {
    const first = say(anna, LONG);
    const draft = await drafted(first);
    const second = say(ben, SHORT);
    await drafted(second);
    expect(wordsOf(draft.data)).toContain(DRAFT);
    await settled(second, SHORT.text);
    await settled(first);
    expect([answersTo(first), answersTo(second)]).toEqual([1, 1]);
  }, 90_000);

  it('improves what it had only a draft of when it was killed', async () => {
    const id = say(anna, LONG);
    const draft = await drafted(id);
    await hark.end('SIGKILL');
    expect(wordsOf(draft.data)).toContain(DRAFT);
    await hark.start();
    expect((await settled(id)).id).toBe(draft.id);
    expect(answersTo(id)).toBe(1);
  }, 90_000);

  it('brings nothing back of a message that was deleted meanwhile', async () => {
    const id = say(anna, LONG);
    const draft = await drafted(id);
    server.deleteMessages(id);
    await server.waitFor(() => draft.deletedAt, { what: 'the draft to go' });
    const after = say(ben, SHORT);
    await settled(after, SHORT.text);
    expect(answersTo(id)).toBe(0);
  }, 90_000);
});
