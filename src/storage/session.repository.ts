import { SessionStore, StoredSession } from '../core/session-store';
import { Database } from './database';
import { SessionEntity } from './entities/session.entity';

export class SessionRepository extends SessionStore {
  constructor(private readonly database: Database) {
    super();
  }

  async add(session: StoredSession, now: Date): Promise<void> {
    await this.database.write(async (em) => {
      await em.nativeDelete(SessionEntity, { expiresAt: { $lte: now } });
      await em.persist(new SessionEntity(session)).flush();
    });
  }

  find(id: string, now: Date): Promise<StoredSession | undefined> {
    return this.database.read(async (em) => {
      return (await em.findOne(SessionEntity, { id, expiresAt: { $gt: now } })) ?? undefined;
    });
  }

  async remove(id: string): Promise<void> {
    await this.database.write((em) => em.nativeDelete(SessionEntity, { id }));
  }
}
