import { UsageScope } from './usage-scope';
import { QuotaLimits } from './policy';
import { ReplyAddress, VoiceNote } from './voice-note';

export const QUOTA_NAMES = ['jobsPerHour', 'audioMinutesPerDay', 'activeJobs'] as const;
export type QuotaName = (typeof QUOTA_NAMES)[number];

/** Other limits for the members who have a role (Discord) or are in a group (Slack), or for one person. */
export interface QuotaException {
  /** Platform's id of the role or group; else of the person in `user`. */
  role?: string;
  user?: string;
  limits: Partial<QuotaLimits>;
}

/** What was decided for a server, a channel or a person in the place of the usual limits. */
export interface PlaceQuota {
  /** Of the server or channel as a whole, or of the person wherever they are. */
  limits?: Partial<QuotaLimits>;
  /** Server: of each of its members. */
  members?: Partial<QuotaLimits>;
  /** Server: of some of its members. */
  exceptions?: readonly QuotaException[];
}

/** One limit that a note has to keep to. */
export interface QuotaRule {
  /** `place`: it holds for all people there together. */
  of: 'person' | 'place';
  name: 'jobsPerHour' | 'audioMinutesPerDay';
  limit: number;
  /** Whose use counts, and where. */
  scope: UsageScope;
}

/** What was decided about those whom a note concerns. */
export interface QuotaDecisions {
  user?: PlaceQuota;
  server?: PlaceQuota;
  channel?: PlaceQuota;
}

export interface UsualQuotas {
  user: QuotaLimits;
  server: QuotaLimits;
  channel: QuotaLimits;
}

/** The limits that a note has to keep to, strictest causes first: the person's, the channel's, the server's. */
export function quotaRules(
  note: Pick<VoiceNote, 'platform' | 'requester' | 'replyTo'>,
  decided: QuotaDecisions,
  usual: UsualQuotas,
): QuotaRule[] {
  const { platform, requester, replyTo } = note;
  const rules: QuotaRule[] = [];
  for (const name of ['jobsPerHour', 'audioMinutesPerDay'] as const) {
    const { limit, here } = personalLimit(name, note, decided, usual.user);
    const server = here && replyTo?.workspace !== undefined ? { server: replyTo.workspace } : {};
    rules.push({ of: 'person', name, limit, scope: { platform, user: requester.id, ...server } });
    for (const [kind, id] of placesOf(replyTo)) {
      const placeLimit = decided[kind]?.limits?.[name] ?? usual[kind][name];
      rules.push({ of: 'place', name, limit: placeLimit, scope: { platform, [kind]: id } });
    }
  }
  return rules.filter(({ limit }) => limit > 0);
}

/** How many jobs the asker may have running at the same time, where it is not the usual number; 0 = any. */
export function activeLimit(
  note: Pick<VoiceNote, 'requester'>,
  decided: QuotaDecisions,
  usual: UsualQuotas,
): number | undefined {
  const { limit, usual: isUsual } = personalLimit('activeJobs', note, decided, usual.user);
  return isUsual ? undefined : limit;
}

/**
 * The person's own limit wins over what the server decided: for them by name, for their roles (of several the most
 * generous), for all its members. What is not decided anywhere is as usual.
 */
function personalLimit(
  name: QuotaName,
  { requester }: Pick<VoiceNote, 'requester'>,
  { user, server }: QuotaDecisions,
  usual: QuotaLimits,
): { limit: number; here: boolean; usual: boolean } {
  const own = user?.limits?.[name];
  if (own !== undefined) return { limit: own, here: false, usual: false };
  const exceptions = server?.exceptions ?? [];
  const byName = exceptions.find((each) => each.user === requester.id)?.limits[name];
  const roles = exceptions
    .filter(({ role }) => role !== undefined && requester.roles?.includes(role))
    .map(({ limits }) => limits[name])
    .filter((limit) => limit !== undefined);
  const byRole = roles.includes(0) ? 0 : roles.length > 0 ? Math.max(...roles) : undefined;
  const here = byName ?? byRole ?? server?.members?.[name];
  if (here !== undefined) return { limit: here, here: true, usual: false };
  return { limit: usual[name], here: false, usual: true };
}

function placesOf({ channel, workspace }: Partial<ReplyAddress> = {}): ['channel' | 'server', string][] {
  return [
    ...(channel === undefined ? [] : [['channel', channel] as ['channel', string]]),
    ...(workspace === undefined ? [] : [['server', workspace] as ['server', string]]),
  ];
}
