import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { v7 as uuid } from 'uuid';
import { WebhookEvent } from '../../core/webhook';

/** Who wants to be told when jobs end. */
@Entity({ tableName: 'webhook' })
export class WebhookEntity {
  /** Grows with time. */
  @PrimaryKey({ type: 'string' })
  id: string = uuid();

  /** Its address, which may hold a token, and its secret; readable only with the key outside of the database. */
  @Property({ type: 'text' })
  sealed: string = '';

  @Property({ type: 'json' })
  events: WebhookEvent[];

  @Property({ type: 'datetime', length: 3 })
  createdAt: Date;

  @Property({ type: 'datetime', length: 3, nullable: true })
  failingSince?: Date | null;

  @Property({ type: 'datetime', length: 3, nullable: true })
  disabledAt?: Date | null;

  @Property({ type: 'string', nullable: true })
  disabledReason?: string | null;

  constructor(events: readonly WebhookEvent[], createdAt: Date) {
    this.events = [...events];
    this.createdAt = createdAt;
  }
}
