import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { v7 as uuid } from 'uuid';
import { Reply } from '../../core/answer';
import { PlatformName, ReplyAddress } from '../../core/voice-note';

/**
 * The reply to one message and how far its delivery is.
 *
 * It is due while `dueAt` is set. Every job that ends raises `revision`; a delivery remembers in `claimedRevision`
 * which state it took, so that what ended meanwhile is delivered by another one.
 */
@Entity({ tableName: 'answer' })
@Index({ name: 'answer_message', properties: ['platform', 'channel', 'message'] })
@Index({ name: 'answer_due', properties: ['dueAt', 'id'], where: 'due_at is not null' })
@Index({ name: 'answer_waiting', properties: ['availableAt'], where: 'available_at is not null' })
@Index({ name: 'answer_held', properties: ['leaseUntil'], where: 'lease_owner is not null' })
export class AnswerEntity {
  @PrimaryKey({ type: 'string' })
  id: string = uuid();

  /** The same for all notes of one message that one ask names. */
  @Property({ type: 'string', unique: 'answer_key' })
  key: string;

  @Property({ type: 'string' })
  platform: PlatformName;

  @Property({ type: 'string', nullable: true })
  channel?: string;

  @Property({ type: 'string', nullable: true })
  message?: string;

  @Property({ type: 'json' })
  address: ReplyAddress;

  @Property({ type: 'json', nullable: true })
  reply?: Reply;

  @Property({ type: 'integer' })
  revision: number = 0;

  @Property({ type: 'integer', nullable: true })
  claimedRevision?: number;

  /** Attempts begun for the present revision. */
  @Property({ type: 'integer' })
  attempts: number = 0;

  @Property({ type: 'Date', length: 3, nullable: true })
  dueAt?: Date;

  /** While it is due: not before this time. */
  @Property({ type: 'Date', length: 3, nullable: true })
  availableAt?: Date;

  @Property({ type: 'string', nullable: true })
  leaseOwner?: string;

  @Property({ type: 'Date', length: 3, nullable: true })
  leaseUntil?: Date;

  @Property({ type: 'Date', length: 3 })
  createdAt: Date;

  constructor(address: ReplyAddress, createdAt: Date) {
    this.key = answerKey(address);
    this.platform = address.platform;
    this.channel = address.channel;
    this.message = address.message;
    this.address = address;
    this.createdAt = createdAt;
  }
}

/** Notes that are answered together: those of one message, asked for by the same command or by none. */
export function answerKey({ platform, channel, message, interaction }: ReplyAddress): string {
  return JSON.stringify([platform, channel ?? null, message ?? null, interaction?.id ?? null]);
}
