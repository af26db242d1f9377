import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { StoredSession } from '../../core/session-store';

/** A browser that has signed in; of no use to whoever has only this row. */
@Entity({ tableName: 'session' })
@Index({ name: 'session_expiry', properties: ['expiresAt'] })
export class SessionEntity {
  @PrimaryKey({ type: 'string' })
  id: string;

  @Property({ type: 'string' })
  sealed: string;

  @Property({ type: 'Date', length: 3 })
  expiresAt: Date;

  constructor({ id, sealed, expiresAt }: StoredSession) {
    this.id = id;
    this.sealed = sealed;
    this.expiresAt = expiresAt;
  }
}
