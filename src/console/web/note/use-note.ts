import { useCallback, useEffect, useState } from 'preact/hooks';
import { get } from '../api/client';
import { Problem } from '../api/problem';
import type { Job, Segment, Status } from '../api/types';
import { useStream } from '../api/use-stream';
import { segmentsOf, TranscriptFile } from './timed-words';

export interface Note {
  job?: Job;
  /** As far as they have been heard. */
  segments: readonly Segment[];
  problem?: Problem;
  /** After something was done to it. */
  show: (job: Job) => void;
  reload: () => void;
}

export function isFinished(status: Status): boolean {
  return status === 'done' || status === 'failed' || status === 'cancelled';
}

/** One note as it is now, and its words as they arrive. */
export function useNote(id: string | undefined): Note {
  const [job, setJob] = useState<Job>();
  const [segments, setSegments] = useState<readonly Segment[]>([]);
  const [problem, setProblem] = useState<Problem>();

  const show = useCallback((shown: Job) => {
    setJob(shown);
    setProblem(undefined);
    if (!isFinished(shown.status)) setSegments([]);
    if (shown.status !== 'done' || shown.text === null || shown.text === '') return;
    get<TranscriptFile>(`/jobs/${shown.id}/transcript`, { format: 'json' }).then(
      (file) => setSegments(segmentsOf(file)),
      // Its text is there all the same, without times.
      () => undefined,
    );
  }, []);
  const reload = useCallback(() => {
    if (id === undefined) return;
    get<Job>(`/jobs/${id}`).then(show, (error: unknown) => setProblem(Problem.from(error)));
  }, [id, show]);
  useEffect(() => {
    setJob(undefined);
    setSegments([]);
    setProblem(undefined);
    reload();
  }, [reload]);

  const ended = (last: Job & { erased?: boolean }): void => {
    if (last.erased) setProblem(new Problem(404, 'job_not_found', ''));
    else show(last);
  };
  const followed = job?.id === id && job !== undefined && !isFinished(job.status);
  useStream(followed ? `/jobs/${id}/events` : undefined, {
    status: ({ status, attempts }: { status: Status; attempts: number }) => {
      setJob((before) => before && { ...before, status, attempts });
      // Every try begins at the beginning.
      if (status === 'queued') setSegments([]);
    },
    progress: ({ progress }: { progress: number }) => setJob((before) => before && { ...before, progress }),
    segment: ({ number, ...segment }: Segment & { number: number }) =>
      setSegments((before) => [...before.slice(0, number), segment, ...before.slice(number + 1)]),
    done: ended,
    failed: ended,
    cancelled: ended,
  });
  return { job, segments, problem, show, reload };
}
