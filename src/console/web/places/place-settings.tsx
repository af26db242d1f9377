import { useState } from 'preact/hooks';
import type { Place, PlaceName } from '../api/admin-types';
import { send } from '../api/client';
import { Problem } from '../api/problem';
import { useLoaded } from '../api/use-loaded';
import { announce } from '../parts/announcer';
import { fieldValue } from '../parts/field-value';
import { WhenLoaded } from '../parts/loading';
import { ProblemNote } from '../parts/problem-note';
import { say } from '../words/words';

const WHO = ['everyone', 'author', 'nobody'] as const;

interface PlaceSettingsFormProps {
  place: PlaceName;
  changed: () => void;
}

/** What is decided in chat with `/hark settings`, for one server or channel. */
export function PlaceSettingsForm({ place: { platform, kind, id }, changed }: PlaceSettingsFormProps) {
  const path = `/places/${platform}/${kind}/${encodeURIComponent(id)}`;
  const loaded = useLoaded<Place>(path);
  const [problem, setProblem] = useState<Problem>();
  const save = async (event: SubmitEvent & { currentTarget: HTMLFormElement }): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string): string => fieldValue(form, name);
    const choice = (name: string): boolean | null => (text(name) === '' ? null : text(name) === 'yes');
    setProblem(undefined);
    try {
      loaded.set(
        await send<Place>('PATCH', path, {
          automatic: choice('automatic'),
          language: text('language') === '' ? null : text('language'),
          whoMayAsk: text('whoMayAsk') === '' ? null : text('whoMayAsk'),
          ...(kind === 'server' && { eraseWithMessage: choice('eraseWithMessage') }),
        }),
      );
      announce(say('places.saved'));
      changed();
    } catch (error) {
      setProblem(Problem.from(error));
    }
  };
  return (
    <section class="card stack" aria-labelledby="settings-title">
      <h2 id="settings-title">{say('places.settings')}</h2>
      <WhenLoaded of={loaded}>
        {(place) => (
          <form class="stack" onSubmit={(event) => void save(event)}>
            <YesNo name="automatic" label={say('places.automatic')} value={place.automatic} />
            <label class="field">
              <span>{say('places.language')}</span>
              <input
                name="language"
                maxLength={60}
                defaultValue={place.language ?? ''}
                placeholder={say('places.default')}
              />
            </label>
            <label class="field">
              <span>{say('places.whoMayAsk')}</span>
              <select name="whoMayAsk">
                <option value="">{say('places.default')}</option>
                {WHO.map((each) => (
                  <option key={each} value={each} selected={each === place.whoMayAsk}>
                    {say(`places.${each}`)}
                  </option>
                ))}
              </select>
            </label>
            {kind === 'server' && (
              <YesNo
                name="eraseWithMessage"
                label={say('places.eraseWithMessage')}
                value={place.eraseWithMessage}
              />
            )}
            {problem && <ProblemNote problem={problem} />}
            <p>
              <button class="button primary">{say('places.save')}</button>
            </p>
          </form>
        )}
      </WhenLoaded>
    </section>
  );
}

function YesNo({ name, label, value }: { name: string; label: string; value: boolean | undefined }) {
  return (
    <label class="field">
      <span>{label}</span>
      <select name={name}>
        <option value="">{say('places.default')}</option>
        <option value="yes" selected={value === true}>
          {say('places.yes')}
        </option>
        <option value="no" selected={value === false}>
          {say('places.no')}
        </option>
      </select>
    </label>
  );
}
