import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/**
 * One thing that was asked for in a chat, for as long as a quota counts it: it outlives its job, or erasing one's
 * transcripts would be a way around the limits. Whose it was is kept as a digest only. Times are milliseconds since
 * 1970.
 */
@Entity({ tableName: 'quota_use' })
@Index({ name: 'quota_use_person', properties: ['person', 'createdAt'] })
@Index({ name: 'quota_use_server', properties: ['server', 'createdAt'] })
@Index({ name: 'quota_use_channel', properties: ['channel', 'createdAt'] })
@Index({ name: 'quota_use_age', properties: ['createdAt'] })
export class QuotaUseEntity {
  @PrimaryKey({ type: 'string' })
  jobId!: string;

  @Property({ type: 'string' })
  person!: string;

  @Property({ type: 'string', nullable: true })
  server?: string;

  @Property({ type: 'string', nullable: true })
  channel?: string;

  @Property({ type: 'double' })
  createdAt!: number;

  /** Of audio. */
  @Property({ type: 'double' })
  seconds!: number;
}
