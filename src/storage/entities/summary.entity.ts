import { PrimaryKeyProp } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { SummaryWay } from '../../core/summary';
import { JobEntity } from './job.entity';

/** A summary of what was said in a job, or one that is being written: then somebody holds it. It goes with its job. */
@Entity({ tableName: 'summary' })
export class SummaryEntity {
  [PrimaryKeyProp]?: ['job', 'driver'];

  @ManyToOne({ entity: () => JobEntity, primary: true, index: false, deleteRule: 'cascade' })
  job!: JobEntity;

  @PrimaryKey({ type: 'string' })
  driver!: string;

  /** Of the words it was made from. */
  @Property({ type: 'string', nullable: true })
  digest?: string | null;

  @Property({ type: 'text', nullable: true })
  text?: string | null;

  @Property({ type: 'string', nullable: true })
  madeBy?: string | null;

  @Property({ type: 'string', nullable: true })
  way?: SummaryWay | null;

  @Property({ type: 'double' })
  input!: number;

  @Property({ type: 'double' })
  output!: number;

  @Property({ type: 'boolean' })
  estimated!: boolean;

  @Property({ type: 'datetime', length: 3, nullable: true })
  createdAt?: Date | null;

  @Property({ type: 'string', nullable: true })
  leaseOwner?: string | null;

  @Property({ type: 'datetime', length: 3, nullable: true })
  leaseUntil?: Date | null;

  /** Whose tokens are held ready for it, as a digest, and how many. */
  @Property({ type: 'string', nullable: true })
  person?: string | null;

  @Property({ type: 'double' })
  held!: number;
}
