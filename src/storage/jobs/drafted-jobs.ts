import { FilterQuery, raw } from '@mikro-orm/sql';
import { DRAFTED } from '../../core/fair-share';
import { JobEntity } from '../entities/job.entity';

/** A part of a condition in SQL: of the job there is no draft. What is left of one that has one nobody waits for. */
export const UNDRAFTED = 'draft is null';

/** No note may start now; what is lengthy takes its time, and others are not to wait for that. */
export function noNoteWaits(): FilterQuery<JobEntity> {
  const some = raw(
    `(select count(*) from (select 1 from queue_line where priority > ${DRAFTED} and not lengthy limit 1) as note)`,
  );
  return { [some]: 0 };
}
