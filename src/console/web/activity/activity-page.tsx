import { useState } from 'preact/hooks';
import { useLoaded } from '../api/use-loaded';
import type { Series, Stats } from '../api/types';
import { WhenLoaded } from '../parts/loading';
import { PageHeader } from '../parts/page-header';
import { say } from '../words/words';
import { Charts } from './charts';
import { Now } from './now';
import { Platforms } from './platforms';

const EVERY_MS = 10_000;
const PERIODS = ['day', 'week'] as const;

export function ActivityPage() {
  const [period, setPeriod] = useState<(typeof PERIODS)[number]>('day');
  const stats = useLoaded<Stats>('/stats', undefined, EVERY_MS);
  const series = useLoaded<Series>('/stats/series', { period }, 6 * EVERY_MS);
  return (
    <div class="stack">
      <PageHeader title={say('page.activity')} lead={say('activity.lead')}>
        <div class="tabs" role="group">
          {PERIODS.map((each) => (
            <button key={each} type="button" aria-pressed={each === period} onClick={() => setPeriod(each)}>
              {say(`activity.${each}`)}
            </button>
          ))}
        </div>
      </PageHeader>
      <WhenLoaded of={stats}>{(value) => <Now stats={value} />}</WhenLoaded>
      <WhenLoaded of={series}>{(value) => <Charts series={value} period={period} />}</WhenLoaded>
      {stats.value && <Platforms stats={stats.value} />}
    </div>
  );
}
