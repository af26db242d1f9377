/** Calls out when a decoder that has something to do does nothing for too long. */
export class StallWatch {
  private timer?: NodeJS.Timeout;
  private since = 0;
  private spent = 0;
  private awaited = false;
  private starving = false;

  constructor(
    private readonly stallMs: number,
    private readonly onStall: () => void,
  ) {}

  /** Milliseconds for which there was something to do. */
  get worked(): number {
    return this.spent + (this.timer ? performance.now() - this.since : 0);
  }

  /** Whether somebody waits for what the decoder does. */
  await(awaited: boolean): void {
    this.awaited = awaited;
    this.update();
  }

  /** Whether the decoder lacks bytes to work on. */
  starve(starving: boolean): void {
    this.starving = starving;
    this.update();
  }

  /** It is getting on. */
  progress(): void {
    this.timer?.refresh();
  }

  private update(): void {
    const due = this.awaited && !this.starving;
    if (due === (this.timer !== undefined)) return;
    if (due) {
      this.since = performance.now();
      this.timer = setTimeout(this.onStall, this.stallMs);
    } else {
      this.spent = this.worked;
      clearTimeout(this.timer);
      this.timer = undefined;
    }
  }
}
