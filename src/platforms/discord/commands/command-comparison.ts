import { isDeepStrictEqual } from 'node:util';

/** What hark says about a command or one of its options; everything else is Discord's own. */
const OURS = new Set([
  'type',
  'name',
  'name_localizations',
  'description',
  'description_localizations',
  'options',
  'required',
  'choices',
  'value',
  'min_length',
  'max_length',
  'autocomplete',
  'integration_types',
  'contexts',
]);

/** Whether Discord knows exactly these commands. It leaves out what is empty or false, and adds what is its own. */
export function areSameCommands(registered: readonly object[], wanted: readonly object[]): boolean {
  return isDeepStrictEqual(normalForms(registered), normalForms(wanted));
}

/** Commands in no order: Discord gives them back as it likes. */
function normalForms(commands: readonly object[]): Set<unknown> {
  return new Set(commands.map((command) => normal(command)));
}

function normal(value: unknown, ours = true): unknown {
  if (Array.isArray(value)) return Array.from(value as unknown[], (each) => normal(each));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value)
    .filter(([key]) => !ours || OURS.has(key))
    .map(([key, field]) => [key, normal(field, !key.endsWith('_localizations'))] as const)
    .filter(([, field]) => !isEmpty(field));
  return Object.fromEntries(fields);
}

function isEmpty(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === false || value === '';
}
