import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { get } from '../api/client';
import { Problem } from '../api/problem';
import type { Job, JobPage } from '../api/types';
import { useStream } from '../api/use-stream';
import { Filter, fits, queryOf } from './filter';
import { append, JobList, NOTHING, progress, put, refresh, remove } from './job-list';

/** As many as the API gives at once. */
const PAGE_SIZE = 200;

export interface Notes extends JobList {
  /** False until the first page of this filter is there. */
  ready: boolean;
  problem?: Problem;
  /** Loads the next page, unless that is being done, or there is none. */
  more: () => void;
  reload: () => void;
}

/** The list of jobs that fit, kept as it is now by what the service tells. */
export function useNotes(filter: Filter): Notes {
  const [list, setList] = useState<JobList>(NOTHING);
  const [ready, setReady] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const asking = useRef<AbortController>(undefined);

  const ask = useCallback(
    async (cursor: string | undefined, take: (list: JobList, page: JobPage) => JobList) => {
      asking.current?.abort();
      const control = new AbortController();
      asking.current = control;
      try {
        const query = { ...queryOf(filter, new Date()), limit: PAGE_SIZE, cursor };
        const page = await get<JobPage>('/jobs', query, control.signal);
        setList((before) => take(before, page));
        setProblem(undefined);
        setReady(true);
      } catch (error) {
        if (!control.signal.aborted) setProblem(Problem.from(error));
      } finally {
        if (asking.current === control) asking.current = undefined;
      }
    },
    [filter],
  );
  /** From the first page on: what was erased while nobody listened must not stay, on no page. */
  const anew = useCallback(() => void ask(undefined, (_, page) => refresh(NOTHING, page)), [ask]);
  useEffect(() => {
    setReady(false);
    anew();
    return () => asking.current?.abort();
  }, [anew]);

  const reload = useCallback(() => void ask(undefined, refresh), [ask]);
  const more = useCallback(() => {
    if (list.cursor !== null && !asking.current) void ask(list.cursor, append);
  }, [ask, list.cursor]);
  useStream(
    '/events',
    {
      job: (job: Job) => {
        // Words are searched by the service alone: what was found stays.
        const stays = filter.q.trim() !== '' || fits(job, filter);
        setList((before) => put(before, job, fits(job, filter), stays));
      },
      progress: ({ id, progress: share }: { id: string; progress: number }) =>
        setList((before) => progress(before, id, share)),
      erased: ({ id }: { id: string }) => setList((before) => remove(before, id)),
      many: reload,
    },
    anew,
  );
  return { ...list, ready, problem, more, reload };
}
