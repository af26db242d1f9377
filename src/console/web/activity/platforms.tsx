import type { Stats } from '../api/types';
import { count, platformName, span } from '../words/forms';
import { say } from '../words/words';

export function Platforms({ stats: { platforms } }: { stats: Stats }) {
  const rows = Object.entries(platforms).sort(([, a], [, b]) => b.jobs - a.jobs);
  if (rows.length === 0) return null;
  return (
    <section class="card stack" aria-labelledby="platforms-title">
      <h2 id="platforms-title">{say('activity.platforms')}</h2>
      <div class="table-box">
        <table>
          <thead>
            <tr>
              <th scope="col">{say('notes.platform')}</th>
              <th scope="col" class="number">
                {say('activity.jobs')}
              </th>
              <th scope="col" class="number">
                {say('activity.audio')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([platform, { jobs, audioSeconds }]) => (
              <tr key={platform}>
                <th scope="row">{platformName(platform)}</th>
                <td class="number">{count(jobs)}</td>
                <td class="number">{span(audioSeconds * 1000)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
