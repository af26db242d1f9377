/** What Discord's clients make of a message's content. */
export interface ReadContent {
  /** As it is read. */
  text: string;
  /** What became more than plain words, in order. */
  marks: string[];
}

type Rule = [mark: string, pattern: RegExp, inner?: number];

const ESCAPED = String.raw`(?:\\[^]|[^\\])`;

/** At the start of a line. The mark itself is not shown. */
const AT_LINE_START: Rule[] = [
  ['heading', /^ {0,3}#{1,3} +(?=\S)/],
  ['small', /^ {0,3}-# +(?=\S)/],
  ['quote', /^ *>(?:>>)? /],
  ['list', /^ *(?:[-*+]|\d{1,10}[.)]) +(?=\S)/],
];

/** Anywhere, in the order in which the clients try them. `inner` is read on; without it the mark shows as itself. */
const ANYWHERE: Rule[] = [
  ['code', /^```[^]+?```/],
  ['code', /^(`+)(?!`)[^]*?[^`]\1(?!`)/],
  ['link', /^\[[^\]]+\]\([^)]+\)/],
  ['link', /^<https?:\/\/[^\s>]+>/],
  ['link', /^https?:\/\/[^\s<]+/],
  ['link', /^<(?:mailto|tel|sms):[^>]+>/],
  ['invitation', /^(?:discord\.gg|discord(?:app)?\.com\/invite|discord\.(?:new|gift))\/[\w-]+/],
  ['mention', /^<(?:@[!&]?|#)\d+>/],
  ['mention', /^<\/[^:>]+:\d+>/],
  ['mention', /^<id:\w+>/],
  ['mention', /^@(?:everyone|here)/],
  ['time', /^<t:-?\d+(?::[a-zA-Z])?>/],
  ['emoji', /^<a?:\w+:\d+>/],
  ['emoji', /^:[\w+~-]+:/],
  ['bold', new RegExp(String.raw`^\*\*(${ESCAPED}+?)\*\*(?!\*)`), 1],
  ['underline', new RegExp(`^__(${ESCAPED}+?)__(?!_)`), 1],
  ['italic', new RegExp(String.raw`^\*(?=\S)(${ESCAPED}+?)\*(?!\*)`), 1],
  ['italic', new RegExp(String.raw`^_(${ESCAPED}+?)_(?![0-9A-Za-z_])`), 1],
  ['struck', new RegExp(`^~~?(?=\\S)(${ESCAPED}+?)~~?(?!~)`), 1],
  ['spoiler', new RegExp(String.raw`^\|\|(${ESCAPED}+?)\|\|`), 1],
];

/** Reads a message's content as Discord's clients do, as far as a bot's messages can be marked up. */
export function readContent(content: string, lineStart = true): ReadContent {
  const read: ReadContent = { text: '', marks: [] };
  for (let at = 0; at < content.length;) {
    const rest = content.slice(at);
    const begins = at === 0 ? lineStart : content[at - 1] === '\n';
    const escape = /^\\([^0-9A-Za-z\s])/.exec(rest);
    const found = escape ? undefined : ruleFor(rest, begins);
    if (found) read.marks.push(found.mark);
    if (found?.inner !== undefined) {
      const inner = readContent(found.inner, false);
      read.text += inner.text;
      read.marks.push(...inner.marks);
    } else if (found) read.text += found.shown;
    else read.text += escape?.[1] ?? rest[0];
    at += found?.length ?? escape?.[0].length ?? 1;
  }
  // Nobody sees it.
  return { ...read, text: read.text.replaceAll('\u200b', '') };
}

function ruleFor(
  rest: string,
  begins: boolean,
): { mark: string; length: number; shown: string; inner?: string } | undefined {
  for (const [mark, pattern] of begins ? AT_LINE_START : []) {
    const match = pattern.exec(rest);
    if (match) return { mark, length: match[0].length, shown: '' };
  }
  for (const [mark, pattern, inner] of ANYWHERE) {
    const match = pattern.exec(rest);
    if (match) {
      return {
        mark,
        length: match[0].length,
        shown: match[0],
        inner: inner === undefined ? undefined : match[inner],
      };
    }
  }
  return undefined;
}
