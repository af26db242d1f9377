import { PrimaryKeyProp } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Segment } from '../../core/transcript';
import { JobEntity } from './job.entity';

/** One finished piece of a job that is still running. Gone when the job has its transcript. */
@Entity({ tableName: 'transcript_piece' })
export class PieceEntity {
  [PrimaryKeyProp]?: ['job', 'index'];

  @ManyToOne({ entity: () => JobEntity, primary: true, index: false, deleteRule: 'cascade' })
  job: JobEntity;

  @PrimaryKey({ type: 'integer', fieldName: 'piece_index' })
  index: number;

  @Property({ type: 'json' })
  segments: Segment[];

  constructor(job: JobEntity, index: number, segments: Segment[]) {
    this.job = job;
    this.index = index;
    this.segments = segments;
  }
}
