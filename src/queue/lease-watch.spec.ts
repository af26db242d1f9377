import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ShiftedClock } from '../../test/support/shifted-clock';
import { HeldLease } from '../core/job-store';
import { processMark } from '../core/process-mark';
import { LeaseTable, LeaseWatch } from './lease-watch';

const LIFE = 15_000;
const RENEWAL = LIFE / 3;
const HOURS = 3 * 3_600_000;

/** Leases as the database has them, and one that is renewed or not. */
class Leases implements LeaseTable {
  readonly held = new Map<string, HeldLease>();
  readonly taken: string[] = [];
  away = false;

  hold(id: string, until: number, owner = 'worker'): void {
    this.held.set(id, { id, owner, until: new Date(until) });
  }

  leases(): Promise<HeldLease[]> {
    return this.away ? Promise.reject(new Error('no database')) : Promise.resolve([...this.held.values()]);
  }

  takeBack(leases: readonly HeldLease[]): Promise<string[]> {
    const ids = leases.map(({ id }) => id);
    ids.forEach((id) => this.held.delete(id));
    this.taken.push(...ids);
    return Promise.resolve(ids);
  }
}

describe('LeaseWatch', () => {
  let clock: ShiftedClock;
  let table: Leases;
  let watch: LeaseWatch;

  beforeEach(() => {
    jest.useFakeTimers();
    clock = new ShiftedClock();
    table = new Leases();
    watch = new LeaseWatch(table, clock, LIFE);
  });
  afterEach(() => jest.useRealTimers());

  /** Looks as often as the watch itself asks for, for so long; whether the lease is renewed meanwhile. */
  async function pass(ms: number, renew?: () => void): Promise<void> {
    for (let at = 0; at < ms; at += 1_000) {
      if (renew && at % RENEWAL === 0) renew();
      await watch.look();
      jest.advanceTimersByTime(1_000);
    }
    await watch.look();
  }
  const now = (): number => clock.now().getTime();
  const renewed = (offset = 0) => table.hold('note', now() + LIFE + offset);

  it('takes back what was not renewed to its end, and nothing before', async () => {
    renewed();
    await pass(LIFE - 1_000);
    expect(table.taken).toEqual([]);
    await pass(1_000);
    expect(table.taken).toEqual(['note']);
  });

  it('says when to look again', async () => {
    expect(await watch.look()).toBeUndefined();
    renewed();
    const wait = await watch.look();
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThan(LIFE / 2);
  });

  it('leaves what is renewed where it is, though the clock jumps forwards', async () => {
    await pass(4 * LIFE, renewed);
    clock.skip(HOURS);
    await pass(4 * LIFE, renewed);
    expect(table.taken).toEqual([]);
  });

  it.each([
    ['far behind', -HOURS],
    ['far ahead', HOURS],
  ])(
    'leaves what is renewed by a clock %s where it is, and takes it when it is not any more',
    async (_, by) => {
      await pass(4 * LIFE, () => renewed(by));
      expect(table.taken).toEqual([]);
      await pass(LIFE);
      expect(table.taken).toEqual(['note']);
    },
  );

  it('does not wait for hours when the clock was set back', async () => {
    renewed();
    await watch.look();
    clock.skip(-HOURS);
    await pass(LIFE);
    expect(table.taken).toEqual(['note']);
  });

  it('gives everybody the time to renew after an outage of the database', async () => {
    renewed();
    await watch.look();
    table.away = true;
    jest.advanceTimersByTime(10 * LIFE);
    await expect(watch.look()).rejects.toThrow('no database');
    table.away = false;
    await pass(RENEWAL);
    expect(table.taken).toEqual([]);
    await pass(LIFE);
    expect(table.taken).toEqual(['note']);
  });

  it('takes back at once what a process of this machine held that is gone', async () => {
    jest.useRealTimers();
    const gone = spawn('true');
    await once(gone, 'exit');
    const mark = (pid: number | undefined): string => processMark().replace(`/${process.pid}/`, `/${pid}/`);
    table.hold('lost', now() + LIFE, `${mark(gone.pid)}:attempt`);
    table.hold('kept', now() + LIFE, `${mark(process.pid)}:attempt`);
    table.hold(
      'elsewhere',
      now() + LIFE,
      `other-host/${mark(gone.pid).split('/').slice(1).join('/')}:attempt`,
    );
    await watch.look();
    expect(table.taken).toEqual(['lost']);
  });
});
