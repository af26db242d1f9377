import type { PlaceKind, PlaceName } from '../api/admin-types';
import { fieldValue } from '../parts/field-value';
import { PlaceIdField, PlatformField } from '../parts/place-fields';
import { say } from '../words/words';

const KINDS: readonly PlaceKind[] = ['server', 'channel', 'user'];

/** Which server, channel or person. */
export function PlaceForm({ show }: { show: (place: PlaceName) => void }) {
  const submit = (event: SubmitEvent & { currentTarget: HTMLFormElement }): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const kind = KINDS.find((each) => each === fieldValue(form, 'kind')) ?? 'server';
    show({ platform: fieldValue(form, 'platform'), kind, id: fieldValue(form, 'id') });
  };
  return (
    <form class="card fields" onSubmit={submit}>
      <PlatformField />
      <label class="field">
        <span>{say('places.kind')}</span>
        <select name="kind">
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {say(`places.${kind}`)}
            </option>
          ))}
        </select>
      </label>
      <PlaceIdField />
      <button class="button primary">{say('places.open')}</button>
    </form>
  );
}
