/** Counts how many pieces of a file were asked for and not yet sent. */
export class TakeTickets {
  private count = 0;
  private waiting?: () => void;

  add(): void {
    this.count++;
    this.waiting?.();
  }

  /** Comes true when a piece may be sent. */
  async take(): Promise<void> {
    while (this.count === 0) {
      await new Promise<void>((resolve) => (this.waiting = resolve));
    }
    this.count--;
  }
}
