import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillQueue } from '../support/fill-queue';
import { TestPostgres, startPostgres } from '../support/postgres';
import { TestRedis, startRedis } from '../support/redis';
import { Load } from './load';
import { MemberProcess } from './member-process';

/** Members of hark that work; more workers' worth of load is so many that hear faster. A machine has no room for more. */
const MOST_MEMBERS = 10;
/** Which share these processes. */
const MOST_PROCESSES = 2;
const CHAT_REQUEST_MS = 100;
const USERS = 1_000;
/** A pool of its own for each worker, of at most so many connections: as few as an admin of many workers would set. */
const POOL_SIZE = '2';
/** As PostgreSQL comes: what it has confirmed is on the disk. */
const DURABLE = ['fsync=on', 'full_page_writes=on', 'synchronous_commit=on', 'shared_buffers=128MB'];

/** Redis, the database, and the processes of hark for one load. Nothing waits at first. */
export class SimulationStage implements AsyncDisposable {
  readonly workers: MemberProcess[] = [];
  bot?: MemberProcess;
  api?: MemberProcess;

  private constructor(
    readonly load: Load,
    readonly folder: string,
    readonly databaseUrl: string,
    readonly redis?: TestRedis,
    readonly postgres?: TestPostgres,
  ) {}

  static async open(load: Load): Promise<SimulationStage> {
    const folder = await mkdtemp(join(tmpdir(), 'hark-simulation-'));
    const redis = load.queue === 'bull' ? await startRedis() : undefined;
    const postgres =
      load.database === 'postgresql' ? await startPostgres(['max_connections=400', ...DURABLE]) : undefined;
    const url = postgres?.createDatabase('simulation') ?? `sqlite:${join(folder, 'hark.sqlite')}`;
    const stage = new SimulationStage(load, folder, url, redis, postgres);
    try {
      await stage.start();
      return stage;
    } catch (error) {
      await stage[Symbol.asyncDispose]();
      throw error;
    }
  }

  get processes(): MemberProcess[] {
    return [...new Set([...this.workers, this.bot, this.api])].filter((process) => process !== undefined);
  }

  /** Notes that come in at random moments. Resolves when the last has been taken in. */
  async submit(perSecond: number, seconds: number): Promise<void> {
    await this.api?.submit({ perSecond, seconds, kind: this.load.kind });
  }

  /** Puts so many jobs into the queue at once, and has them noticed. */
  async fill(count: number): Promise<void> {
    await fillQueue(this.databaseUrl, { count, kind: this.load.kind, users: USERS });
    await this.submit(1, Number.MIN_VALUE);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.processes.map((process) => process.kill()));
    await this.redis?.stop();
    await this.postgres?.stop();
    await rm(this.folder, { recursive: true });
  }

  private async start(): Promise<void> {
    const { queue, workers } = this.load;
    if (queue === 'embedded') {
      const only = await this.member('api,bot,worker', 1, 1);
      this.workers.push(only);
      this.api = only;
      return;
    }
    this.api = await this.member('api', 1, 1);
    if (this.load.kind === 'chat') this.bot = await this.member('bot', 1, 2);
    const all = Math.min(workers, MOST_MEMBERS);
    const processes = Math.min(all, MOST_PROCESSES);
    const members = (n: number): number => Math.floor(all / processes) + (n < all % processes ? 1 : 0);
    const starting = Array.from({ length: processes }, (_, n) => this.member('worker', members(n), 3 + n));
    this.workers.push(...(await Promise.all(starting)));
  }

  private member(roles: string, members: number, number: number): Promise<MemberProcess> {
    const { hearingMs, workers, seed } = this.load;
    const variables = {
      ROLES: roles,
      DATA_DIR: this.folder,
      DATABASE_URL: this.databaseUrl,
      DATABASE_POOL_SIZE: roles === 'worker' ? POOL_SIZE : '10',
      ...(this.redis && { REDIS_URL: this.redis.url }),
    };
    return MemberProcess.start({
      members,
      variables,
      hearingMs: (hearingMs * Math.min(workers, MOST_MEMBERS)) / workers,
      chatMs: CHAT_REQUEST_MS,
      seed: seed * 100 + number,
    });
  }
}
