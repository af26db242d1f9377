/** Does the same work again when asked to, at most once in an interval; never by itself. */
export class Rhythm {
  private timer?: NodeJS.Timeout;
  private last?: number;

  constructor(
    private readonly intervalMs: number,
    private readonly work: () => void,
  ) {}

  /** Now, or as soon as the interval since the last time is over. */
  beat(): void {
    if (this.timer !== undefined) return;
    const due = this.last === undefined ? 0 : this.last + this.intervalMs - performance.now();
    this.timer = setTimeout(() => this.run(), Math.max(0, due)).unref();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private run(): void {
    this.timer = undefined;
    this.last = performance.now();
    this.work();
  }
}
