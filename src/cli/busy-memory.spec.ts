import { performance } from 'node:perf_hooks';
import { releaseBusyMemory } from './busy-memory';

describe('the memory of a busy time', () => {
  let timer: NodeJS.Timeout;
  let share = 0;
  const giveBack = jest.fn();
  /** How often it has been given back after another look, which finds so much of the time taken. */
  const looked = (busy: number): number => {
    share = busy;
    jest.advanceTimersByTime(5_000);
    return giveBack.mock.calls.length;
  };

  beforeEach(() => {
    jest.useFakeTimers();
    giveBack.mockClear();
    jest
      .spyOn(performance, 'eventLoopUtilization')
      .mockImplementation(() => ({ idle: 1 - share, active: share, utilization: share }));
    timer = releaseBusyMemory(giveBack);
  });
  afterEach(() => {
    clearInterval(timer);
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('is given back when it is over, in two steps', () => {
    expect([0.5, 0.9, 0.01, 0.01, 0, 0].map(looked)).toEqual([0, 0, 1, 2, 2, 2]);
  });

  it('is given back after each of them', () => {
    expect([0.5, 0, 0.5, 0, 0, 0].map(looked)).toEqual([0, 1, 1, 2, 3, 3]);
  });

  it('is none while a note comes now and then', () => {
    expect([0.02, 0, 0.03, 0, 0.04, 0].map(looked)).toEqual([0, 0, 0, 0, 0, 0]);
  });
});
