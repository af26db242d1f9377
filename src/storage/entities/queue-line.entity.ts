import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { PrimaryKeyProp } from '@mikro-orm/core';
import { PlatformName } from '../../core/voice-note';

/**
 * One user's line of jobs that may start, of one place and one class of length, with the job at its head. Lines make
 * the fair order cheap: whose turn it is is read from an index over the lines, however many jobs wait behind the heads.
 * Times are milliseconds since 1970.
 */
@Entity({ tableName: 'queue_line' })
@Index({
  name: 'queue_line_order',
  columns: [
    { name: 'lengthy' },
    { name: 'priority', sort: 'DESC' },
    { name: 'running' },
    { name: 'due_at' },
    { name: 'head_id' },
  ],
})
export class QueueLineEntity {
  [PrimaryKeyProp]?: ['platform', 'requesterId', 'priority', 'workspace', 'channel', 'lengthy'];

  @PrimaryKey({ type: 'string' })
  platform!: PlatformName;

  @PrimaryKey({ type: 'string' })
  requesterId!: string;

  @PrimaryKey({ type: 'integer' })
  priority!: number;

  @PrimaryKey({ type: 'string' })
  workspace!: string;

  @PrimaryKey({ type: 'string' })
  channel!: string;

  @PrimaryKey({ type: 'boolean' })
  lengthy!: boolean;

  /** Chat users have a limit of jobs that run at the same time. */
  @Property({ type: 'boolean' })
  chat!: boolean;

  /** That of the head where it is not the usual one; 0 = none. */
  @Property({ type: 'integer', nullable: true })
  activeLimit?: number;

  /** The user's running jobs, of any priority and place. */
  @Property({ type: 'integer' })
  running!: number;

  /** When a job of the user was last begun; 0 = never. */
  @Property({ type: 'double' })
  servedAt!: number;

  /** When the head is due; whoever is due first comes first. */
  @Property({ type: 'double' })
  dueAt!: number;

  @Property({ type: 'string' })
  headId!: string;

  @Property({ type: 'double' })
  headFairAt!: number;

  @Property({ type: 'double' })
  headLength!: number;
}
