/** What has happened so far, in order, for tests that wait for events instead of time. */
export class Journal<Entry> {
  readonly entries: Entry[] = [];
  private readonly waiting = new Set<() => void>();
  private readonly listeners: ((entry: Entry) => void)[] = [];

  add(entry: Entry): void {
    this.entries.push(entry);
    for (const listen of this.listeners) listen(entry);
    for (const look of [...this.waiting]) look();
  }

  /** Calls with every entry from now on. */
  listen(listener: (entry: Entry) => void): void {
    this.listeners.push(listener);
  }

  /** Resolves as soon as `happened` holds of the entries; the test's own time limit ends the wait otherwise. */
  until(happened: (entries: readonly Entry[]) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!happened(this.entries)) return;
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      look();
    });
  }
}
