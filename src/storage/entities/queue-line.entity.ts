import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { PrimaryKeyProp } from '@mikro-orm/core';
import { PlatformName } from '../../core/voice-note';

/**
 * One user's line of jobs that may start, with the job at its head. Lines make the fair order cheap: whose turn it is
 * is read from an index over the lines, however many jobs wait behind the heads.
 */
@Entity({ tableName: 'queue_line' })
@Index({
  name: 'queue_line_order',
  columns: [
    { name: 'priority', sort: 'DESC' },
    { name: 'running' },
    { name: 'served_at' },
    { name: 'head_at' },
    { name: 'head_id' },
  ],
})
export class QueueLineEntity {
  [PrimaryKeyProp]?: ['platform', 'requesterId', 'priority'];

  @PrimaryKey({ type: 'string' })
  platform!: PlatformName;

  @PrimaryKey({ type: 'string' })
  requesterId!: string;

  @PrimaryKey({ type: 'integer' })
  priority!: number;

  /** Chat users have a limit of jobs that run at the same time. */
  @Property({ type: 'boolean' })
  chat!: boolean;

  /** The user's running jobs, of any priority. */
  @Property({ type: 'integer' })
  running!: number;

  /** When a job of the user was last begun; whoever waits longest for a turn comes first. */
  @Property({ type: 'datetime', length: 3, nullable: true })
  servedAt?: Date;

  @Property({ type: 'string' })
  headId!: string;

  /** When the head was created. */
  @Property({ type: 'datetime', length: 3 })
  headAt!: Date;
}
