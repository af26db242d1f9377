import type { PlaceKind, PlaceName } from '../api/admin-types';
import { fieldValue } from '../parts/field-value';
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
      <label class="field">
        <span>{say('notes.platform')}</span>
        <select name="platform">
          <option value="discord">Discord</option>
          <option value="slack">Slack</option>
        </select>
      </label>
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
      <label class="field">
        <span>{say('places.id')}</span>
        <input name="id" required maxLength={64} pattern="[\w.:\-]+" autocomplete="off" />
      </label>
      <button class="button primary">{say('places.open')}</button>
    </form>
  );
}
