import { useEffect, useState } from 'preact/hooks';
import { STATUSES } from '../api/types';
import { Icon } from '../parts/icon';
import { platformName } from '../words/forms';
import { say } from '../words/words';
import { Filter, isEmpty, NO_FILTER, Period } from './filter';

const PLATFORMS = ['discord', 'slack', 'api', 'cli'];
/** While somebody types nothing is asked. */
const PAUSE_MS = 250;

interface FiltersProps {
  filter: Filter;
  change: (filter: Filter) => void;
}

export function Filters({ filter, change }: FiltersProps) {
  const [typed, setTyped] = useState({ q: filter.q, user: filter.user });
  useEffect(() => setTyped({ q: filter.q, user: filter.user }), [filter.q, filter.user]);
  useEffect(() => {
    if (typed.q === filter.q && typed.user === filter.user) return;
    const timer = setTimeout(() => change({ ...filter, ...typed }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, filter, change]);
  const set = (part: Partial<Filter>): void => change({ ...filter, ...typed, ...part });

  return (
    <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <label class="search">
        <Icon name="search" />
        <span class="unseen">{say('notes.search')}</span>
        <input
          type="search"
          placeholder={say('notes.search')}
          maxLength={500}
          value={typed.q}
          onInput={(event) => setTyped({ ...typed, q: event.currentTarget.value })}
        />
      </label>
      <Choice
        label={say('notes.status')}
        value={filter.status}
        set={(status) => set({ status: status as Filter['status'] })}
        options={[
          ['', say('notes.anyStatus')],
          ['open', say('notes.open')],
          ...STATUSES.map((status) => [status, say(`status.${status}`)] as const),
        ]}
      />
      <Choice
        label={say('notes.platform')}
        value={filter.platform}
        set={(platform) => set({ platform })}
        options={[
          ['', say('notes.anyPlatform')],
          ...PLATFORMS.map((name) => [name, platformName(name)] as const),
        ]}
      />
      <Choice
        label={say('notes.period')}
        value={filter.period}
        set={(period) => set({ period: period as Period })}
        options={[
          ['', say('notes.ever')],
          ['day', say('notes.day')],
          ['week', say('notes.week')],
          ['month', say('notes.month')],
        ]}
      />
      <label>
        <span class="unseen">{say('notes.user')}</span>
        <input
          class="person"
          placeholder={say('notes.user')}
          maxLength={200}
          value={typed.user}
          onInput={(event) => setTyped({ ...typed, user: event.currentTarget.value })}
        />
      </label>
      {!isEmpty(filter) && (
        <button type="button" class="button ghost" onClick={() => change(NO_FILTER)}>
          {say('notes.clear')}
        </button>
      )}
    </form>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  set: (value: string) => void;
  options: readonly (readonly [value: string, label: string])[];
}

function Choice({ label, value, set, options }: ChoiceProps) {
  return (
    <label>
      <span class="unseen">{label}</span>
      <select value={value} onChange={(event) => set(event.currentTarget.value)}>
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
