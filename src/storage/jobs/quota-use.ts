import { createHash } from 'node:crypto';
import { FilterQuery, SqlEntityManager } from '@mikro-orm/sql';
import { isFinished } from '../../core/job';
import { Admission, UsageEntry } from '../../core/job-store';
import { UsageScope } from '../../core/usage-scope';
import { JobEntity } from '../entities/job.entity';
import { QuotaUseEntity } from '../entities/quota-use.entity';
import { DatabaseDialect } from '../dialects/database-dialect';

/** Keeps what quotas count true to the job table. Called in the transaction that changed a job. */
export class QuotaUse {
  constructor(private readonly dialect: DatabaseDialect) {}

  /** To be called first in a transaction: others who count towards the same come after. */
  async admit(em: SqlEntityManager, admission: Admission): Promise<void> {
    const keys = admission.scopes.map((scope) => `quota ${JSON.stringify(digests(scope))}`);
    await this.dialect.lock(em, [...new Set(keys)].sort());
    await admission.check((scope, since) => this.of(em, scope, since));
  }

  /** Only those who have somebody to answer are counted. */
  async begun(em: SqlEntityManager, row: JobEntity): Promise<void> {
    if (!row.answer) return;
    const { platform, requesterId: user, workspace: server, channel } = row;
    await em.upsert(QuotaUseEntity, {
      jobId: row.id,
      createdAt: row.createdAt.getTime(),
      seconds: row.announcedSeconds ?? 0,
      ...digests({ platform, user, server: server || undefined, channel: channel || undefined }),
    });
  }

  /** So much was read by now; as much as was announced remains reserved. */
  async reading(em: SqlEntityManager, jobId: string, seconds: number | undefined): Promise<void> {
    if (seconds !== undefined)
      await em.nativeUpdate(QuotaUseEntity, { jobId, seconds: { $lt: seconds } }, { seconds });
  }

  /** So much was read in the end. */
  async heard(em: SqlEntityManager, jobId: string, seconds: number): Promise<void> {
    await em.nativeUpdate(QuotaUseEntity, { jobId }, { seconds });
  }

  /** What nobody has listened to costs nothing; what was stopped, as much as was read of it. */
  async stopped(em: SqlEntityManager, { id: jobId, decodedSeconds }: JobEntity): Promise<void> {
    const seconds = decodedSeconds ?? undefined;
    if (seconds === undefined) await em.nativeDelete(QuotaUseEntity, { jobId });
    else await this.heard(em, jobId, seconds);
  }

  async erased(em: SqlEntityManager, row: JobEntity): Promise<void> {
    if (!isFinished(row.status) && row.status !== 'delivering') await this.stopped(em, row);
  }

  async of(em: SqlEntityManager, scope: UsageScope, since: Date, except?: string): Promise<UsageEntry[]> {
    const where: FilterQuery<QuotaUseEntity> = {
      ...digests(scope),
      createdAt: { $gte: since.getTime() },
      ...(except !== undefined && { jobId: { $ne: except } }),
    };
    const uses = await em.fork({ keepTransactionContext: true }).find(QuotaUseEntity, where, {
      fields: ['createdAt', 'seconds'],
      orderBy: { createdAt: 'asc', jobId: 'asc' },
    });
    return uses.map(({ createdAt, seconds }) => ({ createdAt: new Date(createdAt), seconds }));
  }
}

/** The columns of a scope, those that it has. */
export function digests({
  platform,
  user,
  server,
  channel,
}: UsageScope): Partial<Pick<QuotaUseEntity, 'person' | 'server' | 'channel'>> {
  const digest = (kind: string, id: string): string =>
    createHash('sha256')
      .update(JSON.stringify([platform, kind, id]))
      .digest('base64url');
  return {
    ...(user !== undefined && { person: digest('user', user) }),
    ...(server !== undefined && { server: digest('server', server) }),
    ...(channel !== undefined && { channel: digest('channel', channel) }),
  };
}
