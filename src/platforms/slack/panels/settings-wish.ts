import { LimitsTarget, targetOf } from '../../../core/limits-choices';
import { SCOPES, SettingsScope } from '../../../core/settings-choices';
import { Gesture } from '../interactions/gesture';
import { PICKS } from './limits.panel';
import { partsOf } from './panel-id';

/** What somebody wants who used a control of the settings. */
export interface SettingsWish {
  scope: SettingsScope;
  channel: string;
  /** To see or change limits, and whose. */
  limits?: LimitsTarget;
  change?: { name: string; value: string };
}

/** Undefined for the controls of other panels. */
export function settingsWish({ action }: Gesture): SettingsWish | undefined {
  const [of = '', ...rest] = partsOf('settings', action?.id ?? '') ?? [];
  const channel = partsOf('settings', action?.block ?? '')?.at(-1);
  if (channel === undefined) return undefined;
  const value = action?.value;
  if (of === 'limits') return { scope: 'channel', channel, ...limitsWish(rest, value) };
  const scope = SCOPES.find((each) => each === of);
  return scope && { scope, channel, ...changeOf(rest[0], value) };
}

function limitsWish([target = '', name]: string[], value: string | undefined): Partial<SettingsWish> {
  for (const kind of ['role', 'user'] as const) {
    if (target === PICKS[kind] && value) return { limits: { kind, id: value } };
  }
  return { limits: targetOf(target) ?? { kind: 'members' }, ...changeOf(name, value) };
}

function changeOf(name: string | undefined, value: string | undefined): Pick<SettingsWish, 'change'> {
  return name !== undefined && value !== undefined ? { change: { name, value } } : {};
}
