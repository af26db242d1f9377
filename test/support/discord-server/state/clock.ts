/** The time as this Discord sees it: the real one plus what a test has skipped. It never goes back. */
export class AdjustableClock {
  #skippedMs = 0;

  /** Milliseconds since 1970. */
  now(): number {
    return Date.now() + this.#skippedMs;
  }

  /** As Discord writes times: with microseconds and a numeric offset. */
  timestamp(at: number = this.now()): string {
    return new Date(at).toISOString().replace(/Z$/, '000+00:00');
  }

  skip(milliseconds: number): void {
    if (milliseconds < 0) throw new RangeError('The clock of Discord does not go back.');
    this.#skippedMs += milliseconds;
  }
}
