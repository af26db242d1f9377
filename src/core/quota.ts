import { HarkError } from './errors';
import { UsageEntry } from './job-store';
import { QuotaLimits } from './policy';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How far back usage must be read for `checkQuota`, in milliseconds. */
export const QUOTA_WINDOW_MS = DAY;

/**
 * Whether one more note of `seconds` (0 when unknown) is within a user's limits. A pure rule: usage of the last day,
 * oldest first, and the time come from outside.
 *
 * @throws HarkError `quota_jobs_per_hour` or `quota_audio_minutes`, with `retryAt` when waiting helps
 */
export function checkQuota(
  limits: QuotaLimits,
  usage: readonly UsageEntry[],
  seconds: number,
  now: Date,
): void {
  const { jobsPerHour, audioMinutesPerDay } = limits;
  const lastHour = usage.filter(({ createdAt }) => createdAt.getTime() > now.getTime() - HOUR);
  if (jobsPerHour > 0 && lastHour.length >= jobsPerHour) {
    const leaves = lastHour[lastHour.length - jobsPerHour];
    const retryAt = new Date((leaves?.createdAt ?? now).getTime() + HOUR);
    throw new HarkError(
      'quota_jobs_per_hour',
      `You have asked for ${jobsPerHour} transcripts within the last hour, which is the limit. You can ask again at ${clockTime(retryAt)}.`,
      { retryAt, params: { limit: jobsPerHour, retryAt: retryAt.toISOString() } },
    );
  }
  const limit = audioMinutesPerDay * 60;
  if (limit > 0 && seconds > limit) {
    throw new HarkError(
      'quota_audio_minutes',
      `This note is longer than the ${audioMinutesPerDay} minutes of audio that one person may have transcribed in a day.`,
      { params: { limit: audioMinutesPerDay } },
    );
  }
  const retryAt = limit > 0 ? whenBelow(limit, usage, seconds, now) : undefined;
  if (retryAt) {
    throw new HarkError(
      'quota_audio_minutes',
      `You have used the ${audioMinutesPerDay} minutes of audio that one person may have transcribed in a day. You can ask again at ${clockTime(retryAt)}.`,
      { retryAt, params: { limit: audioMinutesPerDay, retryAt: retryAt.toISOString() } },
    );
  }
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

function clockTime(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
