import type { SeriesPoint } from '../api/types';
import { say } from '../words/words';
import type { BarChartProps, Bars } from './chart';
import { ChartTable } from './chart-table';
import { topOf } from './scale';

const [WIDTH, HEIGHT, LEFT, BOTTOM] = [480, 180, 40, 22];

/** Bars over time. The same numbers are in a table below it, for those who cannot see it or want them exactly. */
export function BarChart(props: BarChartProps) {
  const { title, points, bars, tick, form } = props;
  const top = topOf(Math.max(...points.map((point) => sum(bars, point))));
  const step = (WIDTH - LEFT) / points.length;
  const y = (value: number): number => (HEIGHT - BOTTOM) * (1 - value / top) + 4;
  return (
    <figure class="card chart">
      <figcaption>
        <h2>{title}</h2>
        {bars.length > 1 && (
          <ul class="legend">
            {bars.map(({ name, tone }) => (
              <li key={name}>
                <span class={`swatch ${tone}`} aria-hidden="true" />
                {name}
              </li>
            ))}
          </ul>
        )}
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + 8}`} aria-hidden="true">
        {[0, top / 2, top].map((value) => (
          <g key={value}>
            <line class="rule" x1={LEFT} x2={WIDTH} y1={y(value)} y2={y(value)} />
            <text x={LEFT - 6} y={y(value) + 4} text-anchor="end">
              {form(value)}
            </text>
          </g>
        ))}
        {points.map((point, index) => {
          const x = LEFT + index * step;
          let below = 0;
          const below0 = tick(point.at, index);
          return (
            <g key={point.at}>
              {bars.map(({ name, tone, of }) => {
                const value = of(point);
                const from = below;
                below += value;
                return (
                  value > 0 && (
                    <rect
                      key={name}
                      class={tone}
                      x={x + step * 0.14}
                      width={step * 0.72}
                      y={y(below)}
                      height={Math.max(1, y(from) - y(below))}
                      rx={Math.min(3, step * 0.2)}
                    />
                  )
                );
              })}
              {below0 !== undefined && (
                <text x={x} y={HEIGHT + 4}>
                  {below0}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <details>
        <summary>{say('activity.table')}</summary>
        <ChartTable {...props} />
      </details>
    </figure>
  );
}

function sum(bars: readonly Bars[], point: SeriesPoint): number {
  return bars.reduce((all, { of }) => all + of(point), 0);
}
