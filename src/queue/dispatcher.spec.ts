import { Logger } from '@nestjs/common';
import { Journal } from '../../test/support/journal';
import { Dispatcher, Outlet } from './dispatcher';
import { LaneTable } from './lane-tables';
import { QueueTimings } from './queue-timings';

/** A table with one due time, and a journal of the looks at it. */
class OneDueTime implements LaneTable {
  readonly looks = new Journal<number>();
  due?: Date;
  failures = 0;

  now = (): Date => new Date();
  ready = (): Promise<string[]> => Promise.resolve([]);
  waiting = (): Promise<number> => Promise.resolve(0);
  nextDueAt = (now: Date): Promise<Date | undefined> =>
    Promise.resolve(this.due && this.due > now ? this.due : undefined);

  expireLeases(): Promise<undefined> {
    this.looks.add(performance.now());
    return this.failures-- > 0 ? Promise.reject(new Error('no database')) : Promise.resolve(undefined);
  }
}

describe('Dispatcher', () => {
  const nobody: Outlet = { offer: () => Promise.resolve(undefined) };
  const table = (): OneDueTime => new OneDueTime();
  let dispatcher: Dispatcher | undefined;
  afterEach(() => dispatcher?.stop());

  function on(source: LaneTable, outlet = nobody, timings: Partial<QueueTimings> = {}): Dispatcher {
    dispatcher = new Dispatcher('transcription', source, outlet, new QueueTimings(timings));
    return dispatcher;
  }

  it('looks once for all wakes of one moment', async () => {
    const source = table();
    const made = on(source);
    for (let wakes = 0; wakes < 10; wakes++) made.wake();
    await made.stop();
    expect(source.looks.entries).toHaveLength(1);
  });

  it('looks once more when woken during a look, however often', async () => {
    const source = table();
    const made = on(source, {
      offer: () => {
        if (source.looks.entries.length === 1) for (let wakes = 0; wakes < 10; wakes++) made.wake();
        return Promise.resolve(undefined);
      },
    });
    made.wake();
    await source.looks.until((looks) => looks.length === 2);
    await made.stop();
    expect(source.looks.entries).toHaveLength(2);
  });

  it('looks when something falls due, and neither before nor without need after', async () => {
    const source = table();
    source.due = new Date(Date.now() + 120);
    const made = on(source);
    made.watch();
    await source.looks.until((looks) => looks.length === 2);
    expect(Date.now()).toBeGreaterThanOrEqual(source.due.getTime());
    await made.stop();
    expect(source.looks.entries).toHaveLength(2);
  });

  it('looks again after a failure, and tells of an outage once', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const source = table();
    source.failures = 3;
    const made = on(source, nobody, { retryMs: 20 });
    made.wake();
    await source.looks.until((looks) => looks.length === 4);
    await made.stop();
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
  });

  it('tries again when another process should have ended its turn', async () => {
    const source = table();
    let busy = true;
    const made = on(source, {
      offer: () => {
        const again = busy ? 30 : undefined;
        busy = false;
        return Promise.resolve(again);
      },
    });
    made.wake();
    await source.looks.until((looks) => looks.length === 2);
    const [first = 0, second = 0] = source.looks.entries;
    expect(second - first).toBeGreaterThanOrEqual(30);
  });

  it('does nothing any more once stopped', async () => {
    const source = table();
    const made = on(source, nobody, { sweepMs: 1 });
    made.watch();
    await made.stop();
    const looks = source.looks.entries.length;
    made.wake();
    await made.lookOnce();
    expect(source.looks.entries).toHaveLength(looks);
  });
});
