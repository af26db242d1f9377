import { LIMITS, Limits, PlaceName, Quota } from '../api/admin-types';
import { fieldValue } from '../parts/field-value';
import { WhenLoaded } from '../parts/loading';
import { ProblemNote } from '../parts/problem-note';
import { count, decimal } from '../words/forms';
import { say } from '../words/words';
import { useSavedForm } from './use-saved-form';

interface PlaceLimitsProps {
  place: PlaceName;
  changed: () => void;
}

/** How much may be asked for there, or by this person, and how much has been. */
export function PlaceLimits({ place: { platform, kind, id }, changed }: PlaceLimitsProps) {
  const path = `/quotas/${platform}/${kind}/${encodeURIComponent(id)}`;
  const bodyOf = (form: FormData, saved?: Quota) => ({
    limits: limitsIn(form, 'limits'),
    members: limitsIn(form, 'members'),
    exceptions: saved?.exceptions,
  });
  const { loaded, problem, submit } = useSavedForm<Quota>(path, 'PUT', bodyOf, changed);
  return (
    <section class="card stack" aria-labelledby="limits-title">
      <h2 id="limits-title">{say('places.limits')}</h2>
      <WhenLoaded of={loaded}>
        {({ limits, members, exceptions, usual, used }) => (
          <form class="stack" onSubmit={submit}>
            <p class="muted">
              {say('places.used', { jobs: count(used.jobs), minutes: decimal(used.audioMinutes) })}
            </p>
            <Fields name="limits" title={say('places.limits')} limits={limits} usual={usual} />
            {kind === 'server' && (
              <Fields name="members" title={say('places.membersLimits')} limits={members} />
            )}
            {exceptions !== undefined && exceptions.length > 0 && (
              <p class="hint">{say('places.exceptions', { n: exceptions.length })}</p>
            )}
            <p class="hint">{say('places.limitsHint')}</p>
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

interface FieldsProps {
  name: string;
  title: string;
  limits?: Limits;
  usual?: Required<Limits>;
}

function Fields({ name, title, limits = {}, usual }: FieldsProps) {
  return (
    <fieldset class="limits">
      <legend>{title}</legend>
      {LIMITS.map((limit) => (
        <label key={limit} class="field">
          <span>{say(`places.${limit}`)}</span>
          <input
            name={`${name}.${limit}`}
            type="number"
            min={0}
            max={1_000_000}
            step={1}
            defaultValue={limits[limit] === undefined ? '' : String(limits[limit])}
            placeholder={usual ? say('places.usual', { n: usual[limit] }) : say('places.default')}
          />
        </label>
      ))}
    </fieldset>
  );
}

/** Undefined where all of them are as usual. */
function limitsIn(form: FormData, name: string): Limits | undefined {
  const given = LIMITS.flatMap((limit) => {
    const value = fieldValue(form, `${name}.${limit}`);
    return value === '' ? [] : [[limit, Number(value)] as const];
  });
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}
