/** Counts what comes in: so much a second, and so much at once after a while of less. */
export class LivePace {
  private left: number;
  private last = performance.now();

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
  ) {
    this.left = burst;
  }

  /** False when it is too much. */
  take(amount: number): boolean {
    const now = performance.now();
    this.left = Math.min(this.burst, this.left + ((now - this.last) / 1000) * this.perSecond) - amount;
    this.last = now;
    return this.left >= 0;
  }
}
