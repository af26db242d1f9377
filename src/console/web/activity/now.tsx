import type { Stats } from '../api/types';
import { count, decimal, span } from '../words/forms';
import { say } from '../words/words';

/** How things are at this moment, in a few numbers. */
export function Now({ stats: { jobs, queue, queueNote, audioSeconds, realTimeFactor } }: { stats: Stats }) {
  const depths = [queue.transcription, queue.delivery];
  const sum = (of: 'waiting' | 'active'): string =>
    depths.some((depth) => depth === null)
      ? '–'
      : count(depths.reduce((all, depth) => all + (depth?.[of] ?? 0), 0));
  const stored = Object.values(jobs).reduce((all, each) => all + each, 0);
  return (
    <section aria-label={say('activity.now')} class="stack">
      <dl class="tiles">
        <Tile label={say('activity.waiting')} value={sum('waiting')} />
        <Tile label={say('activity.active')} value={sum('active')} />
        <Tile label={say('activity.stored')} value={count(stored)} />
        <Tile label={say('status.failed')} value={count(jobs.failed)} />
        <Tile label={say('activity.audio')} value={span(audioSeconds * 1000)} />
        <Tile
          label={say('activity.speed')}
          value={realTimeFactor === null ? '–' : `${decimal(realTimeFactor)} ×`}
        />
      </dl>
      {queueNote !== undefined && <p class="notice bad">{queueNote}</p>}
    </section>
  );
}

function Tile({ label, value }: { label: string; value: string }) {
  return (
    <div class="card tile">
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
