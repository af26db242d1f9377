import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APITextChannel, APIUser } from 'discord.js';
import { JobView } from '../../src/api/jobs/job.view';
import { DiscordServer } from './discord-server/discord-server';
import { StoredMessage } from './discord-server/state/message-board';
import { audioOf, note } from './discord-scene';
import { HarkProcess } from './hark-process';
import { TestRedis, startRedis } from './redis';

/** A line of the log, as JSON. */
export type LogLine = Record<string, unknown> & { stage?: string; jobId?: string; msg?: string };

/** `api`, `bot` and `worker` as processes of their own, on Redis and beside a local Discord. The worker starts later. */
export class ThreeProcesses implements AsyncDisposable {
  readonly channel: APITextChannel;
  private readonly anna: APIUser;

  private constructor(
    readonly discord: DiscordServer,
    private readonly redis: TestRedis,
    private readonly dataDir: string,
    readonly api: HarkProcess,
    readonly bot: HarkProcess,
    readonly worker: HarkProcess,
  ) {
    const guild = discord.build.addGuild('Listeners');
    this.anna = discord.build.addUser('Anna');
    discord.build.addMember(guild, this.anna);
    this.channel = discord.build.addTextChannel(guild, 'notes');
  }

  static async open(variables: Record<string, string> = {}): Promise<ThreeProcesses> {
    const [discord, redis] = await Promise.all([DiscordServer.start(), startRedis()]);
    const dataDir = await mkdtemp(join(tmpdir(), 'hark-three-'));
    const common = {
      REDIS_URL: redis.url,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      MEDIA_ALLOW_HOSTS: discord.cdnHost,
      WHISPER_THREADS: '1',
      ...variables,
    };
    const [api, bot, worker] = ['api', 'bot', 'worker'].map(
      (ROLES) => new HarkProcess(dataDir, { ...common, ROLES }, () => undefined),
    );
    const all = new ThreeProcesses(discord, redis, dataDir, api!, bot!, worker!);
    await all.api.start();
    await all.bot.start();
    await discord.waitForLogin();
    await discord.waitFor(() => discord.commands.list().length > 0, { what: 'the commands' });
    return all;
  }

  /** Anna posts a voice message and asks for its transcript. Resolves once hark has answered, to the job. */
  async ask(): Promise<{ job: JobView; shows: (text: string) => Promise<StoredMessage> }> {
    const { discord, channel, anna: user } = this;
    const message = discord.postVoiceMessage({ channel, author: user, audio: audioOf(note(0)) });
    const asked = discord.useContextMenu({ name: 'Transcribe', message, user });
    await discord.waitForInteractionResponse(asked);
    const shows = (text: string): Promise<StoredMessage> =>
      discord.waitForInteractionResponse(asked, ({ content }) => content.includes(text), {
        timeoutMs: 120_000,
      });
    const { jobs } = (await (await this.api.call('/api/v1/jobs')).json()) as { jobs: JobView[] };
    return { job: jobs[0]!, shows };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.api, this.bot, this.worker].map((each) => each.end()));
    await this.discord.stop();
    await this.redis.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

/** What a process has logged of a job. */
export function linesAbout({ log }: HarkProcess, id: string): LogLine[] {
  return log
    .filter((line) => line.startsWith('{') && line.includes(id))
    .map((line) => JSON.parse(line) as LogLine);
}
