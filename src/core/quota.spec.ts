import { HarkError } from './errors';
import { UsageEntry } from './job-store';
import { checkQuota } from './quota';

const NOW = new Date('2026-03-01T12:00:00Z');
const minutesAgo = (minutes: number, seconds = 0): UsageEntry => ({
  createdAt: new Date(NOW.getTime() - minutes * 60_000),
  seconds,
});
const refusal = (
  rule: Parameters<typeof checkQuota>[0],
  usage: UsageEntry[],
  seconds = 5,
): HarkError | undefined => {
  try {
    checkQuota(rule, usage, seconds, NOW);
    return undefined;
  } catch (error) {
    return error as HarkError;
  }
};

describe('checkQuota', () => {
  const jobs = { of: 'person', name: 'jobsPerHour', limit: 3 } as const;
  const minutes = { of: 'person', name: 'audioMinutesPerDay', limit: 10 } as const;

  it('lets a user ask until the hour is full, then says when the oldest ask leaves it', () => {
    expect(refusal(jobs, [minutesAgo(50), minutesAgo(20)])).toBeUndefined();
    const refused = refusal(jobs, [minutesAgo(50), minutesAgo(20), minutesAgo(1)]);
    expect(refused?.code).toBe('quota_jobs_per_hour');
    expect(refused?.retryAt?.toISOString()).toBe('2026-03-01T12:10:00.000Z');
    expect(refused?.userMessage).toContain('2026-03-01 12:10 UTC');
  });

  it('waits for as many asks to leave as are too many, where the limit was lowered', () => {
    const usage = [minutesAgo(50), minutesAgo(40), minutesAgo(30), minutesAgo(20), minutesAgo(10)];
    expect(refusal(jobs, usage)?.retryAt?.toISOString()).toBe('2026-03-01T12:30:00.000Z');
  });

  it('forgets what is an hour old', () => {
    expect(refusal(jobs, [minutesAgo(60), minutesAgo(20), minutesAgo(1)])).toBeUndefined();
  });

  it('counts the note itself towards the minutes of a day and says when enough of them are free again', () => {
    const usage = [minutesAgo(23 * 60, 300), minutesAgo(60, 240)];
    expect(refusal(minutes, usage, 60)).toBeUndefined();
    const refused = refusal(minutes, usage, 61);
    expect(refused?.code).toBe('quota_audio_minutes');
    expect(refused?.retryAt?.toISOString()).toBe('2026-03-01T13:00:00.000Z');
  });

  it('refuses a note of unknown length once the minutes are used up', () => {
    expect(refusal(minutes, [minutesAgo(60, 600)], 0)?.code).toBe('quota_audio_minutes');
  });

  it('does not promise a time to a note that is longer than a whole day allows', () => {
    const refused = refusal(minutes, [], 601);
    expect(refused?.code).toBe('quota_audio_minutes');
    expect(refused?.retryAt).toBeUndefined();
  });

  it('says when it is the place that has had enough', () => {
    const full = [minutesAgo(50), minutesAgo(20), minutesAgo(1)];
    expect(refusal({ ...jobs, of: 'place' }, full)).toMatchObject({
      code: 'quota_place_jobs_per_hour',
      params: { limit: 3, retryAt: '2026-03-01T12:10:00.000Z' },
    });
    expect(refusal({ ...minutes, of: 'place' }, [minutesAgo(60, 600)])?.code).toBe(
      'quota_place_audio_minutes',
    );
    expect(refusal({ ...minutes, of: 'place' }, [], 601)?.retryAt).toBeUndefined();
  });
});
