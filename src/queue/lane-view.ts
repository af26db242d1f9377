/** What Redis knows of one lane at one moment. Names are those under which ids were handed out. */
export interface LaneView {
  /** Of all live workers. */
  slots: number;
  /** In the order in which they will be taken. */
  waiting: string[];
  /** Taken by a worker so many milliseconds ago. */
  active: { name: string; ageMs: number }[];
  /** Counts the wishes for a turn so far. */
  wanted: string;
}

/**
 * Lua that returns a `LaneView`. KEYS: turn, wanted, workers, Bull's wait, paused and active; ARGV[3] is what Bull's
 * keys begin with. Redis's own clock counts, for those of the processes may differ.
 */
export const VIEW_SCRIPT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local slots = 0
for _, worker in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], now, '+inf')) do
  slots = slots + tonumber(string.match(worker, '%d+$'))
end
local waiting = redis.call('LRANGE', KEYS[4], 0, -1)
for _, name in ipairs(redis.call('LRANGE', KEYS[5], 0, -1)) do table.insert(waiting, name) end
local active, ages = redis.call('LRANGE', KEYS[6], 0, -1), {}
for index, name in ipairs(active) do
  local job = ARGV[3] .. name
  local since = redis.call('HGET', job, 'processedOn') or redis.call('HGET', job, 'timestamp') or 0
  ages[index] = now - tonumber(since)
end
return { slots, waiting, active, ages, redis.call('GET', KEYS[2]) or '0' }`;

export type ViewReply = [slots: number, waiting: string[], active: string[], ages: number[], wanted: string];

export function laneView([slots, waiting, active, ages, wanted]: ViewReply): LaneView {
  return {
    slots,
    waiting: waiting.reverse(),
    active: active.map((name, index) => ({ name, ageMs: ages[index] ?? 0 })),
    wanted,
  };
}
