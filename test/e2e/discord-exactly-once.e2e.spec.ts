import { APIMessage, APITextChannel, APIUser } from 'discord.js';
import { audioOf, wordsOf } from '../support/discord-scene';
import { DiscordServer } from '../support/discord-server/discord-server';
import { DISCORD_RATES } from '../support/discord-server/rest/rate-limiter';
import { StoredMessage } from '../support/discord-server/state/message-board';
import { HarkProcess } from '../support/hark-process';
import { NOTES, Note } from '../support/notes';
import { openTestStorage } from '../support/storage';

const SHORT = NOTES.filter(({ file, seconds }) => file.endsWith('.ogg') && seconds < 4);

/** A community whose server is set to automatic, and hark as a process of its own in it. */
class Community implements AsyncDisposable {
  readonly channels: APITextChannel[];
  readonly users: APIUser[];
  private readonly posted: { message: StoredMessage; spoken: Note }[] = [];

  private constructor(
    readonly server: DiscordServer,
    readonly hark: HarkProcess,
    channels: number,
    users: number,
  ) {
    const guild = server.build.addGuild('Listeners');
    this.channels = Array.from({ length: channels }, (_, n) =>
      server.build.addTextChannel(guild, `room-${n}`),
    );
    this.users = Array.from({ length: users }, (_, n) => server.build.addUser(`user-${n}`));
    for (const user of this.users) server.build.addMember(guild, user);
    this.guildId = guild.id;
  }
  private readonly guildId: string;

  static async gather(channels: number, users: number): Promise<Community> {
    const server = await DiscordServer.start({ rates: DISCORD_RATES, globalPerSecond: 50 });
    const hark = await HarkProcess.start({
      DISCORD_TOKEN: server.token,
      DISCORD_API_URL: server.apiUrl,
      MEDIA_ALLOW_HOSTS: server.cdnHost,
      RATE_LIMIT_JOBS_PER_HOUR: '0',
      RATE_LIMIT_AUDIO_MINUTES_PER_DAY: '0',
      RATE_LIMIT_ACTIVE_JOBS: '0',
    });
    const community = new Community(server, hark, channels, users);
    const storage = await openTestStorage(hark.dataDir);
    const scope = { platform: 'discord', kind: 'server', id: community.guildId } as const;
    await storage.preferences.set(scope, { automatic: true });
    await storage.close();
    await server.waitForLogin();
    return community;
  }

  /** User by user, each in one channel. */
  post(count: number): void {
    for (let n = 0; n < count; n++) {
      const author = this.users[n % this.users.length];
      const channel = this.channels[(n % this.users.length) % this.channels.length];
      const spoken = SHORT[n % SHORT.length];
      if (!author || !channel || !spoken) throw new Error('nobody is there');
      const message = this.server.postVoiceMessage({ channel, author, audio: audioOf(spoken) });
      this.posted.push({ message, spoken });
    }
  }

  /** Resolves once every note has an answer with its words. */
  async answered(timeoutMs: number): Promise<void> {
    for (const { message, spoken } of this.posted) {
      const isAnswer = (answer: APIMessage): boolean =>
        answer.message_reference?.message_id === message.data.id && wordsOf(answer).includes(spoken.text);
      await this.server.waitForMessage({ id: message.data.channel_id }, isAnswer, { timeoutMs });
    }
  }

  /** The answers to each note, in the order of the notes. */
  answers(): StoredMessage[][] {
    const all = this.channels.flatMap((channel) => this.server.answers(channel));
    return this.posted.map(({ message }) =>
      all.filter(({ data }) => data.message_reference?.message_id === message.data.id),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.hark[Symbol.asyncDispose]();
    await this.server.stop();
  }
}

describe('every voice note in Discord is answered exactly once', () => {
  it('when 20 users post 200 of them at once', async () => {
    await using community = await Community.gather(5, 20);
    community.post(200);
    await community.answered(300_000);

    const answers = community.answers();
    expect(answers.filter((of) => of.length !== 1)).toEqual([]);
    // Order by author and channel: user n wrote notes n, n + 20, n + 40 …
    for (let user = 0; user < 20; user++) {
      const ids = answers.filter((_, n) => n % 20 === user).map(([answer]) => answer?.data.id ?? '');
      expect(ids).toEqual([...ids].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1)));
    }
    expect(community.server.requests.filter(({ status }) => status === 429).length).toBeLessThan(20);
  }, 330_000);

  it('when the gateway is cut, hark is killed, and posts are refused, fail and get lost', async () => {
    await using community = await Community.gather(2, 4);
    const { server, hark } = community;
    const posts = { method: 'POST', path: /\/messages$/ };
    const edits = { method: 'PATCH', path: /\/messages\// };
    server.faults.next({ ...posts, after: 2, times: 2, fault: { kind: 'drop-after' } });
    server.faults.next({ ...posts, after: 3, times: 2, fault: { kind: 'status', status: 500 } });
    server.faults.next({ ...edits, after: 1, times: 2, fault: { kind: 'rate-limit', retryAfter: 0.2 } });
    server.faults.next({ ...edits, after: 4, times: 3, fault: { kind: 'drop-before', how: 'close' } });
    community.post(12);
    await server.waitFor(() => community.answers().flat().length >= 4, { what: 'the first answers' });
    server.gateway.cut();
    await server.waitFor(() => community.answers().flat().length >= 8, { what: 'more answers' });
    await hark.end('SIGKILL');
    await hark.start();
    await community.answered(120_000);
    expect(community.answers().map((of) => of.length)).toEqual(Array<number>(12).fill(1));
  }, 180_000);
});
