import { LimitsTarget, USUAL, valuesFor } from './limits-choices';
import { Choice } from './menu-words';
import { Phrasebook } from './phrasebook';
import { QuotaLimits } from './policy';
import { PlaceQuota, QUOTA_NAMES, QuotaException, QuotaName } from './quota-rules';

/** The limits of one target, with what there is to choose from. */
export interface LimitsView {
  title: string;
  /** What limits are about, and for whom these are. */
  lines: string[];
  target: LimitsTarget;
  menus: { name: QuotaName; label: string; choices: Choice[]; current: string }[];
  /** Of roles and people who have limits of their own. */
  exceptions: { of: Pick<QuotaException, 'role' | 'user'>; limits: string }[];
  /** Labels of the targets that are always there. */
  targets: { target: LimitsTarget; label: string }[];
  /** Before a choice of roles and people. */
  others: string;
}

export interface LimitsState {
  target: LimitsTarget;
  chosen: Partial<QuotaLimits>;
  /** What holds where nothing is chosen. */
  usual: QuotaLimits;
  server: PlaceQuota | undefined;
}

const LABELS: Readonly<Record<QuotaName, string>> = {
  jobsPerHour: 'limits.jobsPerHour',
  audioMinutesPerDay: 'limits.audioMinutesPerDay',
  activeJobs: 'limits.activeJobs',
};
const TARGETS = {
  members: 'limits.members',
  channel: 'settings.forChannel',
  server: 'limits.server',
} as const;

/** Puts limits into words. Pure. */
export function limitsView(
  { target, chosen, usual, server }: LimitsState,
  phrasebook: Phrasebook,
  locale: string | undefined,
): LimitsView {
  const say = (key: string, params?: Record<string, string | number>): string =>
    phrasebook.say(locale, key, params);
  const amount = (limit: number): string =>
    limit === 0 ? say('limits.none') : new Intl.NumberFormat(locale).format(limit);
  const isWhole = target.kind === 'channel' || target.kind === 'server';
  return {
    title: say('limits.title'),
    lines: [say(isWhole ? 'limits.introPlace' : 'limits.introMembers')],
    target,
    menus: QUOTA_NAMES.map((name) => ({
      name,
      label: say(LABELS[name]),
      choices: [
        { value: USUAL, label: say('limits.usual', { limit: amount(usual[name]) }) },
        ...valuesFor(target, name, usual, chosen[name]).map((value) => ({
          value: String(value),
          label: amount(value),
        })),
      ],
      current: String(chosen[name] ?? USUAL),
    })),
    exceptions: (server?.exceptions ?? []).map(({ role, user, limits }) => ({
      of: { role, user },
      limits: QUOTA_NAMES.flatMap((name) => {
        const limit = limits[name];
        return limit === undefined ? [] : `${say(LABELS[name])}: ${amount(limit)}`;
      }).join(', '),
    })),
    targets: Object.entries(TARGETS).map(([kind, key]) => ({
      target: { kind: kind as keyof typeof TARGETS },
      label: say(key),
    })),
    others: say('limits.others'),
  };
}
