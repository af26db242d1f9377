/** Tells the time that was worked from the time that was waited. */
export class WorkingTime {
  private readonly begun = performance.now();
  private waited = 0;

  /** Milliseconds worked so far. */
  get milliseconds(): number {
    return performance.now() - this.begun - this.waited;
  }

  async waitFor<T>(promise: Promise<T>): Promise<T> {
    const since = performance.now();
    try {
      return await promise;
    } finally {
      this.waited += performance.now() - since;
    }
  }

  /** The same items; waiting for them does not count as work. */
  async *waitingFor<T>(items: AsyncIterable<T>): AsyncGenerator<T, void, void> {
    const iterator = items[Symbol.asyncIterator]();
    try {
      for (;;) {
        const item = await this.waitFor(iterator.next());
        if (item.done) return;
        yield item.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
}
