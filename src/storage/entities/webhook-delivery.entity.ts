import { Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { v7 as uuid } from 'uuid';
import { JobError } from '../../core/job';
import { DeliveryState, WebhookDelivery } from '../../core/webhook';
import { JobEntity } from './job.entity';
import { WebhookEntity } from './webhook.entity';

/** One message to one webhook. What is in it is looked up when it is sent; it goes with its job. */
@Entity({ tableName: 'webhook_delivery' })
@Index({ name: 'webhook_delivery_due', properties: ['nextAt', 'id'], where: "state = 'waiting'" })
@Index({ name: 'webhook_delivery_newest', properties: ['webhook', 'id'] })
export class WebhookDeliveryEntity {
  /** Grows with time. */
  @PrimaryKey({ type: 'string' })
  id: string = uuid();

  @ManyToOne({ entity: () => WebhookEntity, index: false, deleteRule: 'cascade' })
  webhook: WebhookEntity;

  @ManyToOne({
    entity: () => JobEntity,
    nullable: true,
    index: 'webhook_delivery_of_job',
    deleteRule: 'cascade',
  })
  job?: JobEntity | null;

  @Property({ type: 'string' })
  event: WebhookDelivery['event'];

  @Property({ type: 'json', nullable: true })
  error?: JobError | null;

  @Property({ type: 'datetime', length: 3 })
  happenedAt: Date;

  @Property({ type: 'string' })
  state: DeliveryState = 'waiting';

  @Property({ type: 'integer' })
  attempts: number = 0;

  @Property({ type: 'datetime', length: 3, nullable: true })
  nextAt?: Date | null;

  @Property({ type: 'string', nullable: true })
  leaseOwner?: string | null;

  @Property({ type: 'datetime', length: 3, nullable: true })
  leaseUntil?: Date | null;

  @Property({ type: 'datetime', length: 3, nullable: true })
  settledAt?: Date | null;

  @Property({ type: 'integer', nullable: true })
  status?: number | null;

  @Property({ type: 'string', nullable: true })
  problem?: string | null;

  constructor(webhook: WebhookEntity, event: WebhookDelivery['event'], happenedAt: Date) {
    this.webhook = webhook;
    this.event = event;
    this.happenedAt = happenedAt;
    this.nextAt = happenedAt;
  }
}
