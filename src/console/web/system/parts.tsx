import type { Part } from '../api/types';
import { Icon, IconName } from '../parts/icon';
import { say } from '../words/words';

const LOOKS: Record<Part['state'], { icon: IconName; tone: string }> = {
  ok: { icon: 'check', tone: 'good' },
  warning: { icon: 'alert', tone: 'warn' },
  broken: { icon: 'cross', tone: 'bad' },
  off: { icon: 'stop', tone: 'calm' },
};

/** Every part by name, with what is wrong with it and how to mend it. */
export function Parts({ parts }: { parts: Record<string, Part> }) {
  const all = Object.entries(parts);
  const well = all.every(([, { state }]) => state === 'ok' || state === 'off');
  return (
    <section class="card stack" aria-labelledby="parts-title">
      <h2 id="parts-title">{say('system.parts')}</h2>
      {well && <p class="muted">{say('system.allWell')}</p>}
      <ul class="parts">
        {all.map(([name, { state, detail, remedy }]) => (
          <li key={name}>
            <span class={`badge ${LOOKS[state].tone}`}>
              <Icon name={LOOKS[state].icon} />
              {say(`state.${state}`)}
            </span>
            <strong>{name}</strong>
            <div>
              <p>{detail}</p>
              {remedy !== undefined && <p class="hint">{remedy}</p>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
