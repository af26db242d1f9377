import { HarkError } from './errors';
import { UsageEntry } from './job-store';
import { QuotaRule } from './quota-rules';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How far back usage must be read for `checkQuota`, in milliseconds. */
export const QUOTA_WINDOW_MS: Readonly<Record<QuotaRule['name'], number>> = {
  jobsPerHour: HOUR,
  audioMinutesPerDay: DAY,
};

/**
 * Whether one more note of `seconds` (0 when unknown) keeps to a rule. A pure function: usage within the rule's window,
 * oldest first, and the time come from outside.
 *
 * @throws HarkError `quota_jobs_per_hour`, `quota_audio_minutes`, or the same of a place, with `retryAt` when waiting
 *   helps
 */
export function checkQuota(
  { of, name, limit }: Pick<QuotaRule, 'of' | 'name' | 'limit'>,
  usage: readonly UsageEntry[],
  seconds: number,
  now: Date,
): void {
  if (name === 'jobsPerHour') {
    const retryAt = whenFewer(limit, usage, now);
    if (retryAt)
      throw refusal(of === 'person' ? 'quota_jobs_per_hour' : 'quota_place_jobs_per_hour', limit, retryAt);
    return;
  }
  const code = of === 'person' ? 'quota_audio_minutes' : 'quota_place_audio_minutes';
  if (seconds > limit * 60) throw refusal(code, limit);
  const retryAt = whenBelow(limit * 60, usage, seconds, now);
  if (retryAt) throw refusal(code, limit, retryAt);
}

/** When the last hour will hold fewer asks than the limit; undefined when it does now. */
function whenFewer(limit: number, usage: readonly UsageEntry[], now: Date): Date | undefined {
  const lastHour = usage.filter(({ createdAt }) => createdAt.getTime() > now.getTime() - HOUR);
  const leaves = lastHour[lastHour.length - limit];
  return leaves && new Date(leaves.createdAt.getTime() + HOUR);
}

/** When enough of the last day's audio has aged out; undefined when there is room now. */
function whenBelow(
  limit: number,
  usage: readonly UsageEntry[],
  seconds: number,
  now: Date,
): Date | undefined {
  const lastDay = usage.filter(({ createdAt }) => createdAt.getTime() > now.getTime() - DAY);
  let used = lastDay.reduce((sum, entry) => sum + entry.seconds, 0);
  const room = (): boolean => used < limit && used + seconds <= limit;
  if (room()) return undefined;
  for (const entry of lastDay) {
    used -= entry.seconds;
    if (room()) return new Date(entry.createdAt.getTime() + DAY);
  }
  return undefined;
}

type QuotaCode =
  'quota_jobs_per_hour' | 'quota_audio_minutes' | 'quota_place_jobs_per_hour' | 'quota_place_audio_minutes';

/** What is used up. */
const USED_UP: Readonly<Record<QuotaCode, (limit: number) => string>> = {
  quota_jobs_per_hour: (limit) =>
    `You have asked for ${limit} transcripts within the last hour, which is the limit.`,
  quota_audio_minutes: (limit) =>
    `You have used the ${limit} minutes of audio that one person may have transcribed in a day.`,
  quota_place_jobs_per_hour: (limit) =>
    `${limit} transcripts were asked for here within the last hour, which is the limit of this place.`,
  quota_place_audio_minutes: (limit) =>
    `The ${limit} minutes of audio that may be transcribed here in a day are used up.`,
};
/** What never fits. */
const TOO_LONG: Partial<Record<QuotaCode, (limit: number) => string>> = {
  quota_audio_minutes: (limit) =>
    `This note is longer than the ${limit} minutes of audio that one person may have transcribed in a day.`,
  quota_place_audio_minutes: (limit) =>
    `This note is longer than the ${limit} minutes of audio that may be transcribed here in a day.`,
};

function refusal(code: QuotaCode, limit: number, retryAt?: Date): HarkError {
  if (!retryAt) return new HarkError(code, (TOO_LONG[code] ?? USED_UP[code])(limit), { params: { limit } });
  const sentence = `${USED_UP[code](limit)} You can ask again at ${clockTime(retryAt)}.`;
  return new HarkError(code, sentence, { retryAt, params: { limit, retryAt: retryAt.toISOString() } });
}

function clockTime(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
