import { ErrorCode, HarkError } from './errors';
import { verdictOn } from './attempt-verdict';
import { TranscriptionJob } from './job';
import { Policy } from './policy';

const policy = { maxAttempts: 5, maxCrashes: 3 } as Policy;

function after(counts: Partial<TranscriptionJob>, code: ErrorCode, retryable = true, away = false) {
  const job = { attempts: 1, crashes: 0, losses: 0, ...counts } as TranscriptionJob;
  return verdictOn(job, new HarkError(code, 'It went wrong.', { retryable }), away, policy);
}

describe('what becomes of a job whose attempt failed', () => {
  it('is another try, until there were enough', () => {
    expect(after({ attempts: 4 }, 'engine_failed')).toEqual({ delayMs: expect.any(Number) as number });
    expect(after({ attempts: 5 }, 'engine_failed')).toBe('failed');
    expect(after({}, 'media_unsupported', false)).toBe('failed');
  });

  it('is the end when it brings the engine down for the third time, whether that dies or hangs', () => {
    for (const code of ['engine_crashed', 'engine_timeout'] as const) {
      expect(after({ attempts: 2, crashes: 1 }, code)).toMatchObject({ crashed: true });
      expect(after({ attempts: 3, crashes: 2 }, code)).toBe('failed');
    }
  });

  it('is no end because of crashes and of processes that went away: those are counted apart', () => {
    expect(after({ attempts: 9, crashes: 2, losses: 3 }, 'engine_failed')).not.toBe('failed');
    expect(after({ attempts: 10, crashes: 2, losses: 3 }, 'engine_failed')).toBe('failed');
  });

  it('is to wait for the end of an outage, however long, without a count', () => {
    expect(after({ attempts: 5 }, 'engine_unavailable', true, true)).toMatchObject({ uncounted: true });
    expect(after({ attempts: 500 }, 'storage_full', true, true)).toMatchObject({ uncounted: true });
  });
});
