/** When something has to be over. It can be brought forward, never put off. */
export class Deadline {
  private readonly reached = Promise.withResolvers<void>();
  private at = Infinity;
  private timer?: NodeJS.Timeout;

  /** Resolves when it has come; never after `lift`. */
  get over(): Promise<void> {
    return this.reached.promise;
  }

  /** @param milliseconds from now on, at the latest */
  within(milliseconds: number): void {
    const at = performance.now() + milliseconds;
    if (at >= this.at) return;
    this.at = at;
    clearTimeout(this.timer);
    this.timer = setTimeout(this.reached.resolve, milliseconds);
  }

  /** It is over in time. */
  lift(): void {
    this.at = -Infinity;
    clearTimeout(this.timer);
  }
}
