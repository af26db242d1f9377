import { Attack } from './attack';

/** A long link shows its beginning only. */
const SHOWN = 70;

const INTRODUCTION = `# Attacks on the downloader

What a link, a name server or a web server may try, and what becomes of it: an error code, \`followed\` for a link that hark
goes to, \`read\` for a file that arrives whole. \`npm run attacks\` makes every attempt for real, against servers on this
machine, and prints this page; the tests make them, too, and hold this page against them (\`test/attacks/\`).
`;

/** The page of documentation: a table for each group. */
export function attackPage(attacks: readonly Attack[]): string {
  const groups = [...new Set(attacks.map(({ group }) => group))];
  const tables = groups.flatMap((group) => [
    `## ${group}`,
    '',
    ...table(attacks.filter((attack) => attack.group === group)),
    '',
  ]);
  return [INTRODUCTION, ...tables, `${attacks.length} attempts.`].join('\n');
}

function table(attacks: readonly Attack[]): string[] {
  const links = attacks.some(({ link }) => link !== undefined);
  const rows = attacks.map(({ what, link, outcome }) =>
    links ? [what, shown(link ?? ''), `\`${outcome}\``] : [what, `\`${outcome}\``],
  );
  const head = links ? ['what', 'link', 'outcome'] : ['what', 'outcome'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

/** As code; what cannot be seen is written as JSON writes it. */
function shown(link: string): string {
  if (link === '') return '';
  const text = JSON.stringify(link.slice(0, SHOWN))
    .slice(1, -1)
    .replaceAll('\\\\', '\\')
    .replaceAll('\u00ad', '\\u00ad');
  return `\`${text}${link.length > SHOWN ? '…' : ''}\``;
}
