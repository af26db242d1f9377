import { LiveUse, LiveUser } from '../core/live-use';
import { Database } from './database';
import { QuotaUseEntity } from './entities/quota-use.entity';
import { digests } from './jobs/quota-use';

/** Beside what notes have used, by the session's id. */
export class LiveUseRepository extends LiveUse {
  constructor(private readonly database: Database) {
    super();
  }

  async note(session: string, by: LiveUser, begunAt: Date, seconds: number): Promise<void> {
    const use = { jobId: session, createdAt: begunAt.getTime(), seconds, ...digests(by) };
    await this.database.write((em) => em.upsert(QuotaUseEntity, use));
  }
}
