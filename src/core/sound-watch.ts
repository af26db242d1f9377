/** Calls out once, when sound has been waited for longer than that in all: it does not come, or only in drops. */
export class SoundWatch {
  private spentMs = 0;
  private since = 0;
  private timer?: NodeJS.Timeout;
  private ended = false;

  constructor(
    private readonly patienceMs: number,
    private readonly onOver: () => void,
  ) {}

  /** From now on sound is waited for. */
  waits(): void {
    if (this.ended || this.timer) return;
    this.since = performance.now();
    this.timer = setTimeout(() => {
      this.end();
      this.onOver();
    }, this.patienceMs - this.spentMs);
  }

  /** There is some; what it takes to understand it does not count. */
  sounds(): void {
    if (!this.timer) return;
    this.spentMs += performance.now() - this.since;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** For good. */
  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
