import { SqlEntityManager } from '@mikro-orm/sql';
import { LONGEST_WAIT_MS } from '../../core/retry-delay';
import { earliest } from '../earliest.query';

interface DueRow {
  id: string;
  platform: string;
  channel: string | null;
}

/**
 * Due answers, longest waiting first. One of a channel at a time: neither two of them here, nor one while another is
 * being delivered.
 */
export async function dueAnswers(
  em: SqlEntityManager,
  limit: number,
  now: Date,
  except: readonly string[],
): Promise<string[]> {
  const others = except.length === 0 ? 'false' : `id in (${except.map(() => '?').join(', ')})`;
  for (let looked = limit * 4; ; looked *= 4) {
    const rows = await em.execute<DueRow[]>(
      `with busy as materialized (
         select platform, channel from answer where lease_owner is not null
         union all select platform, channel from answer where ${others}
       )
       select id, platform, channel from answer
       where due_at is not null and lease_owner is null and (available_at <= ? or available_at > ?)
         and not (${others})
         and not exists (
           select 1 from busy where busy.platform = answer.platform and busy.channel = answer.channel
         )
       order by due_at, id limit ?`,
      [...except, now, longestWait(now), ...except, looked],
    );
    const first = firstOfEachChannel(rows);
    if (first.length >= limit || rows.length < looked) return first.slice(0, limit);
  }
}

function firstOfEachChannel(rows: DueRow[]): string[] {
  const ids = new Map<string, string>();
  for (const { id, platform, channel } of rows) {
    const place = JSON.stringify(channel === null ? [id] : [platform, channel]);
    if (!ids.has(place)) ids.set(place, id);
  }
  return [...ids.values()];
}

/** All that are due, also those that wait for another one of their channel; counted up to `most`. */
export async function countDueAnswers(em: SqlEntityManager, now: Date, most: number): Promise<number> {
  const [row] = await em.execute<{ answers: number | string }[]>(
    `select count(*) as answers from (
       select id from answer where due_at is not null and lease_owner is null and available_at <= ? limit ?
     ) as due`,
    [now, most],
  );
  return Number(row?.answers);
}

/** When the next waiting answer may be tried again. */
export function nextAnswerDueAt(em: SqlEntityManager, now: Date): Promise<Date | undefined> {
  const later = 'available_at > ? and available_at <= ?';
  const waiting = `select min(available_at) as due from answer where ${later} and lease_owner is null`;
  return earliest(em, [waiting], [now, longestWait(now)]);
}

/** Whatever waits for a later time does so since before the clock was set back. */
export function longestWait(now: Date): Date {
  return new Date(now.getTime() + LONGEST_WAIT_MS);
}
