import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { DiscordServer } from '../support/discord-server/discord-server';
import { DISCORD_RATES } from '../support/discord-server/rest/rate-limiter';
import { HarkProcess } from '../support/hark-process';
import { TestPostgres, startPostgres } from '../support/postgres';
import { TestRedis, startRedis } from '../support/redis';
import { TestStorage, openTestStorage } from '../support/storage';
import { ChaosMember } from './chaos-member';
import { ChaosOptions } from './chaos-options';

/** Everything that takes part: the processes of hark and the services that they lean on. */
export class ChaosStage implements AsyncDisposable {
  private constructor(
    readonly members: readonly ChaosMember[],
    readonly discord: DiscordServer,
    readonly storage: TestStorage,
    readonly dataDir: string,
    /** Stands in the environment of every process that hark has started. */
    readonly mark: string,
    readonly redis?: TestRedis,
    readonly postgres?: TestPostgres,
  ) {}

  static async open(options: ChaosOptions): Promise<ChaosStage> {
    const [dataDir, mark] = [join(options.folder, 'data'), join(options.folder, 'bin')];
    await mkdir(dataDir, { recursive: true });
    const discord = await DiscordServer.start({ rates: DISCORD_RATES, globalPerSecond: 50 });
    const redis = options.queue === 'bull' ? await startRedis() : undefined;
    const postgres = options.database === 'postgresql' ? await startPostgres() : undefined;
    const databaseUrl = postgres?.createDatabase('chaos');
    const variables: Record<string, string> = {
      PATH: `${process.env.PATH ?? ''}${delimiter}${mark}`,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      MEDIA_ALLOW_HOSTS: discord.cdnHost,
      RATE_LIMIT_JOBS_PER_HOUR: '0',
      RATE_LIMIT_AUDIO_MINUTES_PER_DAY: '0',
      RATE_LIMIT_ACTIVE_JOBS: '0',
      WHISPER_THREADS: '1',
      ...(redis && { REDIS_URL: redis.url }),
      ...(databaseUrl && { DATABASE_URL: databaseUrl }),
    };
    const members = rolesOf(options).map(
      ([name, ROLES]) =>
        new ChaosMember(name, new HarkProcess(dataDir, { ...variables, ROLES }, () => undefined)),
    );
    const storage = await openTestStorage(dataDir, databaseUrl);
    return new ChaosStage(members, discord, storage, dataDir, mark, redis, postgres);
  }

  /** The process that answers REST calls. */
  get api(): HarkProcess {
    const [first] = this.members;
    if (!first) throw new Error('nobody takes part');
    return first.hark;
  }

  /** A process that cleans up when it starts. */
  get cleaner(): ChaosMember {
    return this.members.at(-1) ?? this.member('hark');
  }

  member(name: string | undefined): ChaosMember {
    const found = this.members.find((member) => member.name === name);
    if (!found) throw new Error(`There is no process named ${name}.`);
    return found;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.members.map((member) => member.abandon()));
    await this.storage.close();
    await this.redis?.stop();
    await this.postgres?.stop();
    await this.discord.stop();
  }
}

/** The first one answers REST calls. */
function rolesOf({ queue, bots, workers }: ChaosOptions): [name: string, roles: string][] {
  if (queue === 'embedded') return [['hark', 'api,bot,worker']];
  const many = (role: string, count: number): [string, string][] =>
    Array.from({ length: count }, (_, n) => [count === 1 ? role : `${role}-${n + 1}`, role]);
  return [['api', 'api'], ...many('bot', bots), ...many('worker', workers)];
}
