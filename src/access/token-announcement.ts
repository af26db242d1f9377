/** The one sight of a token that hark has made: a box that stands out among log lines. */
export function tokenAnnouncement(token: string): string {
  const lines = [
    'hark has made a token for its API and console:',
    '',
    `  ${token}`,
    '',
    'Keep it: it is shown this once, and only its hash is stored.',
    'To choose one yourself, set ADMIN_TOKEN.',
  ];
  const width = Math.max(...lines.map((line) => line.length));
  const rule = '─'.repeat(width + 2);
  return ['', `┌${rule}┐`, ...lines.map((line) => `│ ${line.padEnd(width)} │`), `└${rule}┘`, '', ''].join(
    '\n',
  );
}
