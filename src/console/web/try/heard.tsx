import { Icon } from '../parts/icon';
import { StatusBadge } from '../parts/status-badge';
import { useNote } from '../note/use-note';
import { titleOf } from '../notes/title';
import { hrefOf } from '../shell/router';
import { span } from '../words/forms';
import { say } from '../words/words';

/** The words of a note as they arrive. */
export function Heard({ id }: { id: string | undefined }) {
  const { job, segments } = useNote(id);
  const heard = segments.map(({ text }) => text.trim()).join(' ');
  const text = job?.text || heard;
  return (
    <section class="card stack" aria-labelledby="heard-title">
      <div class="card-head">
        <h2 id="heard-title">{say('try.result')}</h2>
        {job && <StatusBadge status={job.status} />}
      </div>
      {job && job.status === 'running' && (
        <progress max={1} value={job.progress} aria-label={say('status.running')} />
      )}
      <div class="heard" aria-live="polite" lang={job?.language ?? undefined}>
        {text ? <p>{text}</p> : <Wordless job={job} />}
      </div>
      {job && (
        <div class="row">
          <a class="button small" href={hrefOf('notes', job.id)}>
            <Icon name="notes" />
            {say('try.open')}
          </a>
          <span class="hint">
            {titleOf(job)}
            {job.timings.total !== undefined && ` · ${span(job.timings.total)}`}
          </span>
        </div>
      )}
    </section>
  );
}

function Wordless({ job }: { job: ReturnType<typeof useNote>['job'] }) {
  if (job?.error && job.status !== 'done')
    return (
      <p class="bad-text">
        {job.error.message} <span class="mono">{job.error.code}</span>
      </p>
    );
  if (job?.outcome === 'no_speech' || job?.outcome === 'music')
    return <p class="muted">{say(`outcome.${job.outcome}`)}</p>;
  return <p class="muted">{say('try.waiting')}</p>;
}
