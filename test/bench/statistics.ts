/** What many measurements of one thing come to. */
export interface Figures {
  median: number;
  least: number;
  most: number;
  /** Only where there are enough of them to say so. */
  p95?: number;
  count: number;
}

const ENOUGH_FOR_P95 = 20;

/** @param digits after the point */
export function figuresOf(values: readonly number[], digits = 0): Figures {
  const sorted = [...values].sort((a, b) => a - b);
  const rounded = (value: number): number => Number(value.toFixed(digits));
  return {
    median: rounded(medianOf(sorted)),
    least: rounded(sorted[0] ?? NaN),
    most: rounded(sorted.at(-1) ?? NaN),
    ...(sorted.length >= ENOUGH_FOR_P95 && { p95: rounded(percentile(sorted, 0.95)) }),
    count: sorted.length,
  };
}

/** The one in the middle, or the mean of both there. NaN of nothing. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const [below = NaN, above = NaN] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return (below + above) / 2;
}

/** The smallest value that so great a share of all does not exceed. */
function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(sorted.length * share) - 1] ?? NaN;
}

/** For people: `0.21 (0.19–0.24)`. */
export function rangeText({ median, least, most }: Figures, unit = ''): string {
  return `${median}${unit} (${least}–${most})`;
}
