/** A table as Markdown has them, which people can read as it is, too. */
export function tableText(rows: readonly Record<string, string | number>[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [names, ...rows.map((row) => names.map((name) => String(row[name] ?? '')))];
  const widths = names.map((_, column) => Math.max(3, ...lines.map((line) => line[column]?.length ?? 0)));
  const text = (cells: readonly string[], fill = ' '): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(' | ')} |`;
  const [head = [], ...body] = lines;
  return [
    text(head),
    text(
      names.map(() => ''),
      '-',
    ),
    ...body.map((line) => text(line)),
  ].join('\n');
}
