/** Remembers what people have been told, so that they are not told again while it still holds. */
export class RecentNews {
  private readonly told = new Map<string, number>();

  /** Whether it is news. @param until time in milliseconds since 1970 from which on it would be news again */
  isNew(what: string, until: number, now: number): boolean {
    for (const [other, end] of this.told) if (end <= now) this.told.delete(other);
    if (this.told.has(what)) return false;
    this.told.set(what, until);
    return true;
  }
}
