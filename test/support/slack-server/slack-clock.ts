interface Timer {
  due: number;
  run: () => void;
  handle?: NodeJS.Timeout;
}

/**
 * The server's time: real time that can be moved forward. Everything that Slack does later (retries, expiry, the share
 * of an upload) waits here, so that a test never has to.
 */
export class SlackClock {
  private offset = 0;
  private readonly timers = new Set<Timer>();

  /** Milliseconds since 1970. */
  now(): number {
    return Date.now() + this.offset;
  }

  /** Calls back once `ms` have gone by on this clock. Returns what cancels it. */
  after(ms: number, run: () => void): () => void {
    const timer: Timer = { due: this.now() + ms, run };
    timer.handle = setTimeout(() => this.fire(timer), ms);
    timer.handle.unref();
    this.timers.add(timer);
    return () => this.drop(timer);
  }

  /** Moves time forward and runs what became due, earliest first. */
  advance(ms: number): void {
    this.offset += ms;
    const now = this.now();
    const due = [...this.timers].filter((timer) => timer.due <= now).sort((a, b) => a.due - b.due);
    for (const timer of due) this.fire(timer);
  }

  stop(): void {
    for (const timer of [...this.timers]) this.drop(timer);
  }

  private fire(timer: Timer): void {
    if (!this.timers.has(timer)) return;
    this.drop(timer);
    timer.run();
  }

  private drop(timer: Timer): void {
    clearTimeout(timer.handle);
    this.timers.delete(timer);
  }
}
