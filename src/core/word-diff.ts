/** Words that stand in both, by their places. */
export interface Match {
  before: number;
  after: number;
}

/** Beyond so many changes two texts have nothing to do with each other, and comparing them takes too long. */
const MOST_CHANGES = 1_000;

/**
 * The words that stayed, in order: of all ways from one text to the other the one with the fewest changes.
 *
 * @see http://www.xmailserver.org/diff2.pdf E. Myers, An O(ND) Difference Algorithm
 */
export function unchanged(before: readonly string[], after: readonly string[]): Match[] {
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const middle = shortestWay(
    before.slice(start, before.length - end),
    after.slice(start, after.length - end),
  );
  return [
    ...Array.from({ length: start }, (_, index) => ({ before: index, after: index })),
    ...middle.map((match) => ({ before: match.before + start, after: match.after + start })),
    ...Array.from({ length: end }, (_, index) => ({
      before: before.length - end + index,
      after: after.length - end + index,
    })),
  ];
}

function shortestWay(before: readonly string[], after: readonly string[]): Match[] {
  const most = Math.min(before.length + after.length, MOST_CHANGES);
  /** How far one gets on each diagonal, -most to most; and the same before every change. */
  const reach = new Int32Array(2 * most + 3);
  const at = (line: number): number => reach[line + most + 1] ?? 0;
  const history: Int32Array[] = [];
  for (let changes = 0; changes <= most; changes++) {
    history.push(reach.slice(most + 1 - changes - 1, most + 1 + changes + 2));
    for (let line = -changes; line <= changes; line += 2) {
      const down = line === -changes || (line !== changes && at(line - 1) < at(line + 1));
      let x = down ? at(line + 1) : at(line - 1) + 1;
      while (x < before.length && x - line < after.length && before[x] === after[x - line]) x++;
      reach[line + most + 1] = x;
      if (x >= before.length && x - line >= after.length)
        return wayBack(history, before.length, after.length);
    }
  }
  return [];
}

function wayBack(history: readonly Int32Array[], length: number, afterLength: number): Match[] {
  const matches: Match[] = [];
  let [x, y] = [length, afterLength];
  for (let changes = history.length - 1; changes >= 0; changes--) {
    // Each was kept from one diagonal below its lowest on.
    const at = (line: number): number => history[changes]?.[line + changes + 1] ?? 0;
    const line = x - y;
    const down = line === -changes || (line !== changes && at(line - 1) < at(line + 1));
    const from = changes === 0 ? 0 : down ? at(line + 1) : at(line - 1) + 1;
    while (x > from) {
      x--;
      matches.push({ before: x, after: x - line });
    }
    if (changes === 0) break;
    x = down ? from : from - 1;
    y = down ? x - line - 1 : x - (line - 1);
  }
  return matches.reverse();
}
