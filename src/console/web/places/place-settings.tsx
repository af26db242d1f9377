import type { Place, PlaceName } from '../api/admin-types';
import { fieldValue } from '../parts/field-value';
import { WhenLoaded } from '../parts/loading';
import { ProblemNote } from '../parts/problem-note';
import { say } from '../words/words';
import { useSavedForm } from './use-saved-form';

const WHO = ['everyone', 'author', 'nobody'] as const;

interface PlaceSettingsFormProps {
  place: PlaceName;
  changed: () => void;
}

/** What is decided in chat with `/hark settings`, for one server or channel. */
export function PlaceSettingsForm({ place: { platform, kind, id }, changed }: PlaceSettingsFormProps) {
  const path = `/places/${platform}/${kind}/${encodeURIComponent(id)}`;
  const bodyOf = (form: FormData) => {
    const text = (name: string): string | null => fieldValue(form, name) || null;
    const choice = (name: string): boolean | null => (text(name) === null ? null : text(name) === 'yes');
    return {
      automatic: choice('automatic'),
      language: text('language'),
      whoMayAsk: text('whoMayAsk'),
      ...(kind === 'server' && { eraseWithMessage: choice('eraseWithMessage') }),
    };
  };
  const { loaded, problem, submit } = useSavedForm<Place>(path, 'PATCH', bodyOf, changed);
  return (
    <section class="card stack" aria-labelledby="settings-title">
      <h2 id="settings-title">{say('places.settings')}</h2>
      <WhenLoaded of={loaded}>
        {(place) => (
          <form class="stack" onSubmit={submit}>
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
