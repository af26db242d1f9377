/** How long the Discord adapter waits for what, in milliseconds. Tests shorten them. */
export class DiscordTimings {
  /** Least time between two changes of the presence; Discord takes five in twenty seconds. */
  readonly presenceMs: number = 15_000;

  constructor(changes: Partial<DiscordTimings> = {}) {
    Object.assign(this, changes);
  }
}
