import * as timers from 'node:timers/promises';
import { HarkError } from '../core/errors';
import { Patience } from './patience';

jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn() }));
const pause = jest.mocked(timers.setTimeout);

const AWAY = new HarkError('service_unavailable', 'The database does not answer.', { retryable: true });
const BROKEN = new Error('a mistake');

describe('patience', () => {
  const { signal } = new AbortController();
  let waitedMs: number;
  beforeEach(() => {
    waitedMs = 0;
    pause.mockImplementation((ms) => Promise.resolve(void (waitedMs += ms ?? 0)));
  });

  const failing = (error: Error, times: number) => {
    let failures = 0;
    return () => (failures++ < times ? Promise.reject(error) : Promise.resolve('done'));
  };
  /** From now on nothing but a signal ends a pause. */
  const stopTime = (): void =>
    void pause.mockImplementation(
      (_, __, options) =>
        new Promise((__, reject) =>
          options?.signal?.addEventListener('abort', () => reject(new Error('stopped'))),
        ),
    );

  it('lasts as long as an outage', async () => {
    await expect(new Patience().execute(failing(AWAY, 400), signal)).resolves.toBe('done');
    expect(waitedMs).toBeGreaterThan(20 * 60_000);
  });

  it('ends after a while with everything else, and at once with what does not pass', async () => {
    await expect(new Patience().execute(failing(BROKEN, 400), signal)).rejects.toBe(BROKEN);
    expect(waitedMs).toBeGreaterThan(10_000);
    expect(waitedMs).toBeLessThan(60_000);
    const refused = new HarkError('media_too_large', 'It is too large.');
    await expect(new Patience().execute(failing(refused, 1), signal)).rejects.toBe(refused);
  });

  it('ends at once when it is told to, without another try', async () => {
    stopTime();
    const stop = new AbortController();
    const work = jest.fn(failing(AWAY, 400));
    const ended = expect(new Patience().execute(work, stop.signal)).rejects.toBe(AWAY);
    await new Promise(setImmediate);
    stop.abort();
    await ended;
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('is for so many at a time', async () => {
    stopTime();
    const patience = new Patience(1);
    const stop = new AbortController();
    const first = expect(patience.execute(failing(AWAY, 1), stop.signal)).rejects.toBe(AWAY);
    await new Promise(setImmediate);
    await expect(patience.execute(failing(AWAY, 1), signal)).rejects.toBe(AWAY);
    stop.abort();
    await first;
  });
});
