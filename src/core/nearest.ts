/** The candidate with the fewest typing errors, or undefined when none is near. Case does not matter. */
export function nearest(input: string, candidates: readonly string[]): string | undefined {
  const wanted = input.toLowerCase();
  // Half of a long text wrong is no typing error any more, and long hostile input is not worth comparing.
  const mostErrors = Math.min(3, Math.floor(wanted.length / 2));
  let best: { candidate: string; errors: number } | undefined;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) > mostErrors) continue;
    const errors = typingErrors(wanted, candidate.toLowerCase());
    if (errors <= mostErrors && errors < (best?.errors ?? Infinity)) best = { candidate, errors };
  }
  return best?.candidate;
}

/** Letters to add, leave out, replace or swap with the next one to make one text the other. */
function typingErrors(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1] ? 0 : 1;
      let errors = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + same,
      );
      if (from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
        errors = Math.min(errors, (beforeLast[column - 2] ?? Infinity) + 1);
      }
      current.push(errors);
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}
