import { ShiftedClock } from '../../../../test/support/shifted-clock';
import { Leadership, Term } from '../../../core/leadership';
import { SlackFirstAttempts } from './first-attempts';

const MINUTE = 60_000;

describe('a first attempt', () => {
  let clock: ShiftedClock;
  let leadership: { term?: Pick<Term, 'since'> };
  let attempts: SlackFirstAttempts;
  const ago = (ms: number): Date => new Date(clock.now().getTime() - ms);

  beforeEach(() => {
    clock = new ShiftedClock();
    leadership = {};
    attempts = new SlackFirstAttempts(clock, leadership as Leadership);
    clock.skip(5 * MINUTE);
  });

  it('is certain for what came to be in this process’s time, once', () => {
    expect(attempts.note('a', ago(MINUTE))).toBe(true);
    expect(attempts.note('a', ago(MINUTE))).toBe(false);
  });

  it.each([
    ['came to be before this process', 6 * MINUTE],
    ['came to be so shortly after its start that another clock may be meant', 4.5 * MINUTE],
    ['comes from the future', -MINUTE],
  ])('is not certain for what %s', (_, age) => {
    expect(attempts.note('a', ago(age))).toBe(false);
  });

  it('is not certain for what came to be before this process led', () => {
    leadership.term = { since: ago(2 * MINUTE) };
    expect(attempts.note('a', ago(3 * MINUTE))).toBe(false);
    expect(attempts.note('b', ago(MINUTE / 2))).toBe(true);
  });

  it('is certain for a command that was heard here, whatever other clocks say', () => {
    attempts.heard('command');
    expect(attempts.note('a', ago(-MINUTE), 'command')).toBe(true);
    expect(attempts.note('a', ago(-MINUTE), 'command')).toBe(false);
    clock.skip(1_000);
    leadership.term = { since: clock.now() };
    expect(attempts.note('b', clock.now(), 'command')).toBe(false);
  });
});
