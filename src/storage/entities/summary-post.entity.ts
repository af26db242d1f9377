import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { v7 as uuid } from 'uuid';
import { PostedReply } from '../../core/job-events';
import { JobEntity } from './job.entity';

/** Where a summary of a job's words was posted. */
@Entity({ tableName: 'summary_post' })
export class SummaryPostEntity {
  /** Grows with time. */
  @PrimaryKey({ type: 'string' })
  id: string = uuid();

  @ManyToOne({ entity: () => JobEntity, index: 'summary_post_of_job', deleteRule: 'cascade' })
  job: JobEntity;

  @Property({ type: 'json' })
  posted: PostedReply;

  constructor(job: JobEntity, posted: PostedReply) {
    this.job = job;
    this.posted = posted;
  }
}
