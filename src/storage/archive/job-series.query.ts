import { SqlEntityManager } from '@mikro-orm/sql';
import { EndedSum } from '../../core/job-archive';
import { DatabaseDialect } from '../dialects/database-dialect';

/** PostgreSQL gives sums as text. */
type Sum = Record<
  'step' | 'done' | 'failed' | 'cancelled' | 'audio_seconds' | 'wait_ms' | 'engine_ms' | 'heard_seconds',
  number | string | null
>;

/** What ended since then, summed up by the database; an index gives just those jobs. */
export async function seriesOf(
  em: SqlEntityManager,
  dialect: DatabaseDialect,
  since: Date,
  stepMs: number,
): Promise<EndedSum[]> {
  const length = Math.max(1, Math.trunc(stepMs));
  const engine = dialect.numberIn('timings', 'engine');
  const heard = `status = 'done' and ${engine} > 0 and decoded_seconds > 0`;
  const sums = await em.execute<Sum[]>(
    `select floor((${dialect.millisecondsOf('finished_at')}) / ${length}) as step,
      sum(case when status = 'done' then 1 else 0 end) as done,
      sum(case when status = 'failed' then 1 else 0 end) as failed,
      sum(case when status = 'cancelled' then 1 else 0 end) as cancelled,
      sum(case when status = 'done' then decoded_seconds end) as audio_seconds,
      avg(${dialect.numberIn('timings', 'wait')}) as wait_ms,
      sum(case when ${heard} then ${engine} end) as engine_ms,
      sum(case when ${heard} then decoded_seconds end) as heard_seconds
    from job
    where status in ('done', 'failed', 'cancelled') and finished_at >= ${dialect.timeParameter}
    group by 1 order by 1`,
    [since.getTime()],
  );
  return sums.map((sum) => {
    const heardSeconds = Number(sum.heard_seconds);
    return {
      at: new Date(Number(sum.step) * length),
      done: Number(sum.done),
      failed: Number(sum.failed),
      cancelled: Number(sum.cancelled),
      audioSeconds: Math.round(Number(sum.audio_seconds) * 1000) / 1000,
      ...(sum.wait_ms !== null && { waitMs: Math.round(Number(sum.wait_ms)) }),
      ...(heardSeconds > 0 && { realTimeFactor: Number(sum.engine_ms) / 1000 / heardSeconds }),
    };
  });
}
