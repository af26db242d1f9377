import { useState } from 'preact/hooks';
import { send } from '../api/client';
import { Problem } from '../api/problem';
import type { Job, Segment } from '../api/types';
import { announce } from '../parts/announcer';
import { ProblemNote } from '../parts/problem-note';
import { fieldValue } from '../parts/field-value';
import { clock } from '../words/forms';
import { say } from '../words/words';

interface CorrectionProps {
  job: Job;
  segments: readonly Segment[];
  changed: (job: Job) => void;
  closed: () => void;
}

/** A line to write in for every stretch of speech. */
export function Correction({ job, segments, changed, closed }: CorrectionProps) {
  const [problem, setProblem] = useState<Problem>();
  const path = `/jobs/${job.id}/transcript`;
  const act = async (work: () => Promise<Job | undefined>, done: string): Promise<void> => {
    try {
      setProblem(undefined);
      const better = await work();
      if (better) changed(better);
      announce(done);
      closed();
    } catch (error) {
      setProblem(Problem.from(error));
    }
  };
  const save = (form: FormData) => async (): Promise<Job | undefined> => {
    let better: Job | undefined;
    // From the last one on: where one is taken out, those before it keep their places.
    for (let from = segments.length - 1; from >= 0; from--) {
      const insteadOf = segments[from]?.text.trim() ?? '';
      const text = fieldValue(form, `line-${from}`);
      if (text !== insteadOf)
        better = await send<Job>('PATCH', path, { text, from, to: from + 1, insteadOf });
    }
    return better;
  };
  const submit = (event: SubmitEvent & { currentTarget: HTMLFormElement }): void => {
    event.preventDefault();
    void act(save(new FormData(event.currentTarget)), say('note.corrected'));
  };
  return (
    <form class="stack" onSubmit={submit}>
      <ol class="segments" lang={job.language ?? undefined}>
        {segments.map(({ start, text }, index) => (
          <li key={index} class="segment">
            <span class="segment-time">{clock(start)}</span>
            <textarea
              name={`line-${index}`}
              aria-label={say('note.correctLabel', { time: clock(start) })}
              rows={Math.max(1, Math.ceil(text.length / 70))}
              maxLength={20_000}
              defaultValue={text.trim()}
            />
          </li>
        ))}
      </ol>
      <p class="hint">{say('note.correctHint')}</p>
      {problem && <ProblemNote problem={problem} />}
      <div class="row">
        <button class="button primary">{say('note.save')}</button>
        <button type="button" class="button" onClick={closed}>
          {say('note.discard')}
        </button>
        {job.corrected && (
          <button
            type="button"
            class="button"
            onClick={() => void act(() => send<Job>('DELETE', `${path}/correction`), say('note.restored'))}
          >
            {say('note.restore')}
          </button>
        )}
      </div>
    </form>
  );
}
