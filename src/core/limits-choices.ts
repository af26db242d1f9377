import { QuotaLimits } from './policy';
import { PlaceQuota, QUOTA_NAMES, QuotaException, QuotaName } from './quota-rules';

/** For whom a limit is set: a channel or server as a whole, each member of the server, or some of them. */
export type LimitsTarget =
  | { kind: 'channel' | 'server' | 'members' }
  /** Platform's ids: a role or group, or a person. */
  | { kind: 'role' | 'user'; id: string };

/** What a limit may be set to in chat. */
const PRESETS: Readonly<Record<QuotaName, readonly number[]>> = {
  jobsPerHour: [1, 5, 10, 20, 30, 60, 120, 300, 600, 1_000],
  audioMinutesPerDay: [10, 30, 60, 120, 240, 480, 960, 1_440, 2_880, 7_200],
  activeJobs: [1, 2, 3, 5, 10, 20],
};

/** The choice of leaving it as it is for everybody. */
export const USUAL = 'usual';

/** How a target is written into the ids of controls: `server`, `role-123`. */
export function targetName(target: LimitsTarget): string {
  return 'id' in target ? `${target.kind}-${target.id}` : target.kind;
}

export function targetOf(name: string): LimitsTarget | undefined {
  const [, kind, id] = /^(role|user)-([\w]{1,40})$/.exec(name) ?? [];
  if ((kind === 'role' || kind === 'user') && id !== undefined) return { kind, id };
  return (['channel', 'server', 'members'] as const)
    .map((each) => ({ kind: each }))
    .find((each) => each.kind === name);
}

/**
 * Values that may be chosen, 0 = no limit. The whole of a place may not be given more than its operator has set for
 * all places.
 */
export function valuesFor(
  target: LimitsTarget,
  name: QuotaName,
  usual: QuotaLimits,
  chosen: number | undefined,
): number[] {
  const most = target.kind === 'channel' || target.kind === 'server' ? usual[name] : 0;
  const values = [0, ...PRESETS[name]].filter((value) => most === 0 || (value > 0 && value <= most));
  // Set over the API to something else.
  if (chosen !== undefined && !values.includes(chosen)) values.push(chosen);
  return values.sort((a, b) => a - b);
}

/** What was chosen for the target. */
export function limitsOf(quota: PlaceQuota | undefined, target: LimitsTarget): Partial<QuotaLimits> {
  if (target.kind === 'members') return quota?.members ?? {};
  if (target.kind === 'channel' || target.kind === 'server') return quota?.limits ?? {};
  return quota?.exceptions?.find((each) => isFor(each, target))?.limits ?? {};
}

/** The quota with one limit of the target changed; undefined takes it back to what is usual. */
export function withLimit(
  quota: PlaceQuota | undefined,
  target: LimitsTarget,
  name: QuotaName,
  value: number | undefined,
): PlaceQuota | undefined {
  const before = limitsOf(quota, target);
  const limits = Object.fromEntries(
    QUOTA_NAMES.map((each) => [each, each === name ? value : before[each]] as const).filter(
      ([, limit]) => limit !== undefined,
    ),
  ) as Partial<QuotaLimits>;
  const isEmpty = Object.keys(limits).length === 0;
  const rest = { ...quota };
  switch (target.kind) {
    case 'members':
      return tidy({ ...rest, members: isEmpty ? undefined : limits });
    case 'channel':
    case 'server':
      return tidy({ ...rest, limits: isEmpty ? undefined : limits });
    default: {
      const others = (quota?.exceptions ?? []).filter((each) => !isFor(each, target));
      const own: QuotaException[] = isEmpty ? [] : [{ [target.kind]: target.id, limits }];
      return tidy({ ...rest, exceptions: [...others, ...own] });
    }
  }
}

function isFor({ role, user }: QuotaException, target: LimitsTarget): boolean {
  return 'id' in target && (target.kind === 'role' ? role : user) === target.id;
}

function tidy({ limits, members, exceptions = [] }: PlaceQuota): PlaceQuota | undefined {
  const quota: PlaceQuota = {
    ...(limits && { limits }),
    ...(members && { members }),
    ...(exceptions.length > 0 && { exceptions }),
  };
  return Object.keys(quota).length > 0 ? quota : undefined;
}
