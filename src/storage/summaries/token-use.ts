import { FilterQuery, SqlEntityManager } from '@mikro-orm/sql';
import { TokenUse, together } from '../../core/summary';
import { MonthlyUse, TokenUser } from '../../core/summary-store';
import { SummaryEntity } from '../entities/summary.entity';
import { SummaryUseEntity } from '../entities/summary-use.entity';
import { digests } from '../jobs/quota-use';

/** By which a user's tokens are counted. */
export function personOf(user: TokenUser): string {
  return digests(user).person ?? '';
}

export async function useOf(em: SqlEntityManager, person: string, month: string): Promise<TokenUse> {
  const row = await em.findOne(SummaryUseEntity, { person, month });
  return row ?? { input: 0, output: 0, estimated: false };
}

/** What is held ready for summaries that are being written for the user. */
export async function heldTokens(em: SqlEntityManager, person: string, now: Date): Promise<number> {
  const rows = await em.find(SummaryEntity, { person, leaseUntil: { $gt: now } }, { fields: ['held'] });
  return rows.reduce((sum, { held }) => sum + held, 0);
}

/** The caller holds the lock on the user's tokens. */
export async function addUse(
  em: SqlEntityManager,
  person: string,
  month: string,
  use: TokenUse,
): Promise<void> {
  const row = await em.findOne(SummaryUseEntity, { person, month });
  if (row) em.assign(row, { ...together(row, use), summaries: row.summaries + 1 });
  else em.create(SummaryUseEntity, { person, month, summaries: 1, ...use });
  await em.flush();
}

/** By month, oldest first. */
export async function sumOf(
  em: SqlEntityManager,
  where: FilterQuery<SummaryUseEntity>,
): Promise<MonthlyUse[]> {
  const months = new Map<string, MonthlyUse>();
  for (const row of await em.find(SummaryUseEntity, where, { orderBy: { month: 'asc' } })) {
    const { month, summaries, input, output, estimated } = row;
    const before = months.get(month) ?? { month, summaries: 0, input: 0, output: 0, estimated: false };
    const use = together(before, { input, output, estimated });
    months.set(month, { month, ...use, summaries: before.summaries + summaries });
  }
  return [...months.values()];
}

/** Forgets the use of months that lie more than so many back. */
export async function forgetUse(em: SqlEntityManager, now: Date, months: number): Promise<void> {
  const oldest = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months + 1, 1));
  await em.nativeDelete(SummaryUseEntity, { month: { $lt: oldest.toISOString().slice(0, 7) } });
}
