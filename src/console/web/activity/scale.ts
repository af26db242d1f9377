/** The round number at which an axis ends: 1, 2 or 5 times a power of ten, and no less than the largest value. */
export function topOf(largest: number): number {
  if (!(largest > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  return ([1, 2, 5, 10].find((times) => times * power >= largest) ?? 10) * power;
}
