import { FilterQuery, raw } from '@mikro-orm/sql';
import { JobEntity } from '../entities/job.entity';

/** The priority of jobs of which there is a draft: behind everything else. */
export const DRAFTED = -1_000;

/** Nothing that has no draft may start now. */
export function noNoteWaits(): FilterQuery<JobEntity> {
  const some = raw(
    `(select count(*) from (select 1 from queue_line where priority > ${DRAFTED} limit 1) as note)`,
  );
  return { [some]: 0 };
}
