import { useCallback, useEffect, useState } from 'preact/hooks';
import { get, Query } from './client';
import { Problem } from './problem';

export interface Loaded<T> {
  value?: T;
  problem?: Problem;
  reload: () => void;
  set: (value: T) => void;
}

/**
 * What a call answers; what was there stays on the page while it is asked again.
 *
 * @param path undefined asks nothing
 */
export function useLoaded<T>(path: string | undefined, query?: Query, everyMs?: number): Loaded<T> {
  const [state, setState] = useState<{ value?: T; problem?: Problem }>({});
  const [times, setTimes] = useState(0);
  const asked = JSON.stringify(query ?? {});
  useEffect(() => {
    if (path === undefined) return;
    const gone = new AbortController();
    get<T>(path, JSON.parse(asked) as Query, gone.signal).then(
      (value) => setState({ value }),
      (error: unknown) => {
        if (!gone.signal.aborted) setState((before) => ({ ...before, problem: Problem.from(error) }));
      },
    );
    return () => gone.abort();
  }, [path, asked, times]);
  const reload = useCallback(() => setTimes((before) => before + 1), []);
  useEffect(() => {
    if (everyMs === undefined) return;
    const timer = setInterval(() => document.visibilityState === 'visible' && reload(), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, reload]);
  const set = useCallback((value: T) => setState({ value }), []);
  return { ...state, reload, set };
}
