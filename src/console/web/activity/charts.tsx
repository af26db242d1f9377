import type { Series, SeriesPoint } from '../api/types';
import { Empty } from '../parts/empty';
import { count, dayOf, decimal, timeOfDay } from '../words/forms';
import { say } from '../words/words';
import { BarChart } from './bar-chart';
import type { Bars } from './chart';

interface ChartsProps {
  series: Series;
  period: 'day' | 'week';
}

/** What ended in the last day or week, seen from four sides. */
export function Charts({ series: { points }, period }: ChartsProps) {
  if (points.every(({ done, failed, cancelled }) => done + failed + cancelled === 0))
    return <Empty icon="activity" title={say('activity.quiet')} />;
  const label = (at: string): string => (period === 'day' ? timeOfDay(at) : `${dayOf(at)}, ${timeOfDay(at)}`);
  const tick = (at: string, index: number): string | undefined =>
    period === 'day'
      ? index % 4 === 0
        ? timeOfDay(at)
        : undefined
      : index % 4 === 0
        ? dayOf(at)
        : undefined;
  const chart = (title: string, bars: Bars[], form: (value: number) => string) => (
    <BarChart title={title} points={points} bars={bars} label={label} tick={tick} form={form} />
  );
  const one = (name: string, tone: string, of: (point: SeriesPoint) => number): Bars[] => [
    { name, tone, of },
  ];
  return (
    <div class="grid charts">
      {chart(
        say('activity.notes'),
        [
          { name: say('status.done'), tone: 'good', of: ({ done }) => done },
          { name: say('status.failed'), tone: 'bad', of: ({ failed }) => failed },
          { name: say('status.cancelled'), tone: 'calm', of: ({ cancelled }) => cancelled },
        ],
        count,
      )}
      {chart(
        say('activity.minutes'),
        one(say('activity.minutes'), 'accent', ({ audioSeconds }) => audioSeconds / 60),
        decimal,
      )}
      {chart(
        say('activity.wait'),
        one(say('activity.wait'), 'warn', ({ waitMs }) => (waitMs ?? 0) / 1000),
        decimal,
      )}
      {chart(
        say('activity.factor'),
        one(say('activity.factor'), 'accent', ({ realTimeFactor }) => realTimeFactor ?? 0),
        (value) => value.toFixed(2),
      )}
    </div>
  );
}
