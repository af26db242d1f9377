import type { ComponentChildren } from 'preact';
import type { Problem } from '../api/problem';
import { say } from '../words/words';
import { ProblemNote } from './problem-note';

export function Loading() {
  return (
    <div class="loading" role="status">
      <span class="spinner" aria-hidden="true" />
      <span>{say('app.loading')}</span>
    </div>
  );
}

interface WhenLoadedProps<T> {
  of: { value?: T; problem?: Problem; reload: () => void };
  children: (value: T) => ComponentChildren;
}

/** What was loaded; what keeps it from being there; or that it is on its way. */
export function WhenLoaded<T>({ of: { value, problem, reload }, children }: WhenLoadedProps<T>) {
  if (value === undefined && !problem) return <Loading />;
  return (
    <>
      {problem && <ProblemNote problem={problem} retry={reload} />}
      {value !== undefined && children(value)}
    </>
  );
}
