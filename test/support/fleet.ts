import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { APIMessage, APITextChannel, APIUser } from 'discord.js';
import { audioOf, wordsOf } from './discord-scene';
import { DiscordServer } from './discord-server/discord-server';
import { StoredMessage } from './discord-server/state/message-board';
import { harkEnvironment } from './hark-environment';
import { HarkProcess } from './hark-process';
import { NOTES, Note } from './notes';
import { TestRedis, startRedis } from './redis';
import { openTestStorage } from './storage';

const SPOKEN = NOTES.filter(({ file, seconds }) => file.endsWith('.ogg') && seconds < 4);
const READING_MS = 90_000;
const CLI = 'dist/cli/hark.js';

/** A note somebody has spoken in the community, and what is said in it. */
export interface Spoken {
  message: StoredMessage;
  note: Note;
}

/** Any number of processes of hark on one Redis and one SQLite database, in a community that is set to automatic. */
export class Fleet implements AsyncDisposable {
  readonly members: HarkProcess[] = [];
  readonly channel: APITextChannel;
  private readonly anna: APIUser;
  private spoken = 0;

  private constructor(
    readonly dataDir: string,
    readonly discord: DiscordServer,
    readonly guildId: string,
    readonly redis?: TestRedis,
  ) {
    this.channel = discord.build.addTextChannel({ id: guildId }, 'voices');
    this.anna = discord.build.addUser('Anna');
    discord.build.addMember({ id: guildId }, this.anna);
  }

  /** @param options `redis: 'down'` only reserves its address; without Redis the queue is embedded */
  static async gather(options: { redis: 'up' | 'down' | 'none' }): Promise<Fleet> {
    const dataDir = await mkdtemp(join(tmpdir(), 'hark-fleet-'));
    const redis = options.redis === 'none' ? undefined : await startRedis({ down: options.redis === 'down' });
    const discord = await DiscordServer.start();
    const guild = discord.build.addGuild('Listeners');
    const storage = await openTestStorage(dataDir);
    const scope = { platform: 'discord', kind: 'server', id: guild.id } as const;
    await storage.preferences.set(scope, { automatic: true });
    await storage.close();
    return new Fleet(dataDir, discord, guild.id, redis);
  }

  /** Starts a process with these roles and waits until it listens. */
  async start(roles: string, variables: Record<string, string> = {}): Promise<HarkProcess> {
    const member = this.prepare(roles, variables);
    await member.start();
    return member;
  }

  /** The same without starting it. */
  prepare(roles: string, variables: Record<string, string> = {}): HarkProcess {
    const member = new HarkProcess(
      this.dataDir,
      { ...this.variables, ROLES: roles, ...variables },
      () => undefined,
    );
    this.members.push(member);
    return member;
  }

  /** What `hark doctor` says in the surroundings of this fleet. */
  async doctor(): Promise<string> {
    const env = { ...harkEnvironment(), ...this.variables, DATA_DIR: this.dataDir, WHISPER_MODEL: 'demo' };
    const options = { cwd: this.dataDir, env };
    const { stdout } = await promisify(execFile)(process.execPath, [resolve(CLI), 'doctor'], options);
    return stdout;
  }

  private get variables(): Record<string, string> {
    return {
      DISCORD_TOKEN: this.discord.token,
      DISCORD_API_URL: this.discord.apiUrl,
      MEDIA_ALLOW_HOSTS: this.discord.cdnHost,
      RATE_LIMIT_JOBS_PER_HOUR: '0',
      RATE_LIMIT_AUDIO_MINUTES_PER_DAY: '0',
      RATE_LIMIT_ACTIVE_JOBS: '0',
      WHISPER_THREADS: '1',
      ...(this.redis && { REDIS_URL: this.redis.url }),
    };
  }

  /** Somebody speaks in the channel. */
  speak(): Spoken {
    const note = SPOKEN[this.spoken++ % SPOKEN.length];
    if (!note) throw new Error('there is nothing to say');
    const { channel, anna: author } = this;
    return { note, message: this.discord.postVoiceMessage({ channel, author, audio: audioOf(note) }) };
  }

  /** Resolves once each of them has an answer with its words. */
  async answered(spoken: readonly Spoken[], timeoutMs = READING_MS): Promise<void> {
    for (const { message, note } of spoken) {
      const isAnswer = (answer: APIMessage): boolean =>
        answer.message_reference?.message_id === message.id && wordsOf(answer).includes(note.text);
      await this.discord.waitForMessage(this.channel, isAnswer, { timeoutMs });
    }
  }

  /** How many messages of hark there have been in answer to each, also those that were removed. */
  answersTo(spoken: readonly Spoken[]): number[] {
    const all = this.discord.messages(this.channel, { deleted: true });
    return spoken.map(
      ({ message }) =>
        all.filter(
          ({ data }) =>
            data.author.id === this.discord.world.bot.id && data.message_reference?.message_id === message.id,
        ).length,
    );
  }

  /** Settings with which a process calls the local Discord by another name, so that its requests can be told apart. */
  get elsewhere(): Record<string, string> {
    return { DISCORD_API_URL: this.discord.apiUrl.replace('127.0.0.1', 'localhost') };
  }

  /** How many requests that change anything came from elsewhere, so far. */
  get writesFromElsewhere(): number {
    return this.discord.requests.filter(
      ({ method, host }) => method !== 'GET' && host.startsWith('localhost'),
    ).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const member of this.members) {
      if (member.isRunning) process.kill(member.pid, 'SIGCONT');
      await member.end('SIGKILL');
    }
    await this.redis?.stop();
    await this.discord.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
