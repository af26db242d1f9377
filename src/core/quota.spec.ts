import { HarkError } from './errors';
import { UsageEntry } from './job-store';
import { checkQuota } from './quota';

const NOW = new Date('2026-03-01T12:00:00Z');
const minutesAgo = (minutes: number, seconds = 0): UsageEntry => ({
  createdAt: new Date(NOW.getTime() - minutes * 60_000),
  seconds,
});
const refusal = (...args: Parameters<typeof checkQuota>): HarkError | undefined => {
  try {
    checkQuota(...args);
    return undefined;
  } catch (error) {
    return error as HarkError;
  }
};

describe('checkQuota', () => {
  const limits = { jobsPerHour: 3, audioMinutesPerDay: 10, activeJobs: 0 };

  it('lets a user ask until the hour is full, then says when the oldest ask leaves it', () => {
    expect(refusal(limits, [minutesAgo(50), minutesAgo(20)], 5, NOW)).toBeUndefined();
    const refused = refusal(limits, [minutesAgo(50), minutesAgo(20), minutesAgo(1)], 5, NOW);
    expect(refused?.code).toBe('quota_jobs_per_hour');
    expect(refused?.retryAt?.toISOString()).toBe('2026-03-01T12:10:00.000Z');
    expect(refused?.userMessage).toContain('2026-03-01 12:10 UTC');
  });

  it('forgets what is an hour old', () => {
    expect(refusal(limits, [minutesAgo(60), minutesAgo(20), minutesAgo(1)], 5, NOW)).toBeUndefined();
  });

  it('counts the note itself towards the minutes of a day and says when enough of them are free again', () => {
    const usage = [minutesAgo(23 * 60, 300), minutesAgo(60, 240)];
    expect(refusal(limits, usage, 60, NOW)).toBeUndefined();
    const refused = refusal(limits, usage, 61, NOW);
    expect(refused?.code).toBe('quota_audio_minutes');
    expect(refused?.retryAt?.toISOString()).toBe('2026-03-01T13:00:00.000Z');
  });

  it('refuses a note of unknown length once the minutes are used up', () => {
    expect(refusal(limits, [minutesAgo(60, 600)], 0, NOW)?.code).toBe('quota_audio_minutes');
  });

  it('does not promise a time to a note that is longer than a whole day allows', () => {
    const refused = refusal(limits, [], 601, NOW);
    expect(refused?.code).toBe('quota_audio_minutes');
    expect(refused?.retryAt).toBeUndefined();
  });

  it('knows no limits when they are 0', () => {
    const usage = Array.from({ length: 500 }, (_, n) => minutesAgo(n / 10, 3600));
    expect(
      refusal({ jobsPerHour: 0, audioMinutesPerDay: 0, activeJobs: 0 }, usage, 9999, NOW),
    ).toBeUndefined();
  });
});
