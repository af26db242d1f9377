/** Whoever erases much does so job by job. */
const REST_MS = 10_000;
/** So many times as long as it took, so that it is never much of what the server does. */
const REST_FACTOR = 20;
/** How often the rest doubles while it fails. */
const MOST_DOUBLINGS = 6;

/**
 * Has what was erased taken out of PostgreSQL's files: at once, and once more a little later, for what somebody else's
 * transaction still sees stays, and more may be erased meanwhile.
 */
export class PostgresqlErasures {
  private timer?: NodeJS.Timeout;
  private busy = false;
  /** Something was erased since the last round began. */
  private owed = false;
  private failures = 0;

  /** @param round throws, or gives false, when it has to be done once more */
  constructor(private readonly round: () => Promise<boolean>) {}

  /** Resolves when it is done, or left to a later round. @throws whatever the round throws; it is tried again */
  async run(): Promise<void> {
    this.owed = true;
    if (!this.busy && !this.timer) await this.next(true);
  }

  /** What is still owed is done now. */
  async close(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.owed && !this.busy) await this.round().catch(() => false);
    this.busy = true;
  }

  private async next(again: boolean): Promise<void> {
    [this.busy, this.owed, this.timer] = [true, false, undefined];
    const begun = performance.now();
    let done = false;
    try {
      done = await this.round();
    } finally {
      this.failures = done ? 0 : this.failures + 1;
      this.owed ||= !done;
      this.busy = false;
      if (again || this.owed) this.later(performance.now() - begun);
    }
  }

  private later(took: number): void {
    const rest = Math.max(REST_MS, took * REST_FACTOR) * 2 ** Math.min(this.failures, MOST_DOUBLINGS);
    this.timer = setTimeout(() => void this.next(false).catch(() => undefined), rest).unref();
  }
}
