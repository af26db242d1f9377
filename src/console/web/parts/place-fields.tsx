import { say } from '../words/words';

/** Which chat it is, as the field `platform` of a form. */
export function PlatformField() {
  return (
    <label class="field">
      <span>{say('notes.platform')}</span>
      <select name="platform">
        <option value="discord">Discord</option>
        <option value="slack">Slack</option>
      </select>
    </label>
  );
}

/** The chat's own id of a place or person, as the field `id` of a form. */
export function PlaceIdField() {
  return (
    <label class="field">
      <span>{say('places.id')}</span>
      <input name="id" required maxLength={64} pattern="[\w.:\-]+" autocomplete="off" />
    </label>
  );
}
