import { Clock } from '../../src/core/clock';

/** The real time and what a test has skipped. */
export class ShiftedClock extends Clock {
  private shiftMs = 0;

  now(): Date {
    return new Date(Date.now() + this.shiftMs);
  }

  skip(milliseconds: number): void {
    this.shiftMs += milliseconds;
  }
}
