import { say } from '../words/words';
import type { BarChartProps } from './chart';

export function ChartTable({ title, points, bars, label, form }: Omit<BarChartProps, 'tick'>) {
  return (
    <div class="table-box">
      <table aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{say('activity.time')}</th>
            {bars.map(({ name }) => (
              <th key={name} scope="col" class="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.at}>
              <th scope="row">{label(point.at)}</th>
              {bars.map(({ name, of }) => (
                <td key={name} class="number">
                  {form(of(point))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
