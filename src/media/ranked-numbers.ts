/** Numbers that come and go, always in order of size. */
export class RankedNumbers {
  private sorted = new Float64Array(256);
  private length = 0;

  /** @param value must be a number: NaN has no rank */
  add(value: number): void {
    if (this.length === this.sorted.length) this.grow();
    const at = this.rankOf(value);
    this.sorted.copyWithin(at + 1, at, this.length++);
    this.sorted[at] = value;
  }

  /** Takes one of this value away, if there is any. */
  remove(value: number): void {
    const at = this.rankOf(value);
    if (at === this.length || this.sorted[at] !== value) return;
    this.sorted.copyWithin(at, at + 1, this.length--);
  }

  /** The number below which this share of all is, 0 to 1. */
  at(share: number): number | undefined {
    const at = Math.floor(this.length * share);
    return at < this.length ? this.sorted[at] : undefined;
  }

  /** How many are smaller. */
  private rankOf(value: number): number {
    let from = 0;
    let to = this.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.sorted[middle]! < value) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  private grow(): void {
    const larger = new Float64Array(this.sorted.length * 2);
    larger.set(this.sorted);
    this.sorted = larger;
  }
}
