import { randomUUID } from 'node:crypto';
import { Queue } from 'bull';
import { Lane } from '../core/job-queue';
import { LaneView, VIEW_SCRIPT, ViewReply, laneView } from './lane-view';
import { LANES_PREFIX } from './redis-address';
import { RedisConnections } from './redis-connections';

/**
 * Returns a view, or how long the present turn may still take. A turn that this process has already is one whose
 * beginning Redis answered too late.
 */
const BEGIN = `
redis.call('INCR', KEYS[2])
local free = redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2])
if not free and redis.call('GET', KEYS[1]) ~= ARGV[1] then return redis.call('PTTL', KEYS[1]) end
${VIEW_SCRIPT}`;

/** Returns a new view when somebody wished for a turn since ARGV[4], else ends the turn. */
const END = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return false end
if redis.call('GET', KEYS[2]) == ARGV[4] then
  redis.call('DEL', KEYS[1])
  return false
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
${VIEW_SCRIPT}`;

/** Takes the names in ARGV[4…] off the waiting ones and returns those that a worker has by now. */
const TAKE_BACK = `
local gone = {}
for index = 4, #ARGV do
  local name = ARGV[index]
  if redis.call('LREM', KEYS[4], 1, name) + redis.call('LREM', KEYS[5], 1, name) > 0 then
    redis.call('DEL', ARGV[3] .. name)
  else
    table.insert(gone, name)
  end
end
return gone`;

const GIVE_UP = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`;

/**
 * One process at a time hands out the ids of a lane. Whoever comes meanwhile leaves a wish, and the one whose turn it
 * is looks once more, so that no wake is lost. A turn ends by itself when its process dies.
 */
export class DispatchTurns {
  private readonly keys: string[];
  private readonly token = randomUUID();

  constructor(
    private readonly redis: RedisConnections,
    lane: Lane,
    private readonly queue: Queue,
    private readonly turnMs: number,
  ) {
    const own = ['turn', 'wanted', 'workers'].map((name) => `${LANES_PREFIX}:${lane}:${name}`);
    this.keys = [...own, ...['wait', 'paused', 'active'].map((list) => queue.toKey(list))];
  }

  /** A view of the lane; or, when it is somebody else's turn, the milliseconds after which that one is overdue. */
  async begin(): Promise<LaneView | number> {
    const reply = await this.run<ViewReply | number>(BEGIN);
    return typeof reply === 'number' ? reply : laneView(reply);
  }

  /** Another view when there is reason to look again, else undefined: the turn is over. */
  async end(seen: LaneView): Promise<LaneView | undefined> {
    const reply = await this.run<ViewReply | null>(END, seen.wanted);
    return reply ? laneView(reply) : undefined;
  }

  /** Has these wait no longer, but for those that were taken meanwhile: they are returned. */
  takeBack(names: readonly string[]): Promise<string[]> {
    return this.run<string[]>(TAKE_BACK, ...names);
  }

  /** Lets others go on after a failure; nobody waits for it, for Redis may be the reason. */
  giveUp(): void {
    this.run(GIVE_UP).catch(() => undefined);
  }

  private run<T>(script: string, ...more: string[]): Promise<T> {
    const args = [...this.keys, this.token, this.turnMs, this.queue.toKey(''), ...more];
    return this.redis.ask(() => this.redis.commands.eval(script, this.keys.length, ...args) as Promise<T>);
  }
}
