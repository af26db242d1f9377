import type { Job, Stage } from '../api/types';
import { span } from '../words/forms';
import { say } from '../words/words';

const STAGES: readonly Stage[] = ['wait', 'download', 'decode', 'engine', 'deliver', 'total'];

/** How long each stage of a note's way took. */
export function Way({ job: { timings } }: { job: Job }) {
  const known = STAGES.flatMap((stage) => {
    const milliseconds = timings[stage];
    return milliseconds === undefined ? [] : [{ stage, milliseconds }];
  });
  if (known.length === 0) return null;
  const longest = Math.max(1, ...known.map(({ milliseconds }) => milliseconds));
  return (
    <section class="card stack" aria-labelledby="way-title">
      <h2 id="way-title">{say('note.way')}</h2>
      <dl class="way">
        {known.map(({ stage, milliseconds }) => (
          <div key={stage} data-stage={stage}>
            <dt>{say(`stage.${stage}`)}</dt>
            <dd>{span(milliseconds)}</dd>
            <span class="way-bar" aria-hidden="true">
              <span style={{ width: `${Math.max(1, (milliseconds / longest) * 100)}%` }} />
            </span>
          </div>
        ))}
      </dl>
    </section>
  );
}
