import { Json } from './slack-server/slack-model';

/** What Slack's clients make of a message's blocks, or of text in its own markup. */
export interface ReadBlocks {
  /** As it is read. */
  text: string;
  /** What became more than plain words, in order. */
  marks: string[];
}

type Rule = [mark: string, pattern: RegExp];

const ZERO_WIDTH = '\u200b';
/** Marks that stand alone, or beside a character without width, mean nothing. */
const INNER = `(?![\\s${ZERO_WIDTH}])[^\\n]*?`;
const MARKUP: Rule[] = [
  ['mention', /<[!@#][^>]+>/g],
  ['link', /<[a-z][^>]*>/gi],
  ['link', /https?:\/\/[^\s<]+/g],
  ['mention', /@(?:channel|here|everyone)\b/g],
  ['emoji', /:[\w+'-]+:/g],
  ['quote', /^\s*(?:&gt;|>)/gm],
  ['list', /^\s*(?:•|\d+\.) /gm],
  ['code', new RegExp('`' + INNER + '`', 'g')],
  ['bold', new RegExp(String.raw`(?<!\w)\*` + INNER + String.raw`\*(?!\w)`, 'g')],
  ['italic', new RegExp(String.raw`(?<!\w)_` + INNER + String.raw`_(?!\w)`, 'g')],
  ['struck', new RegExp(String.raw`(?<!\w)~` + INNER + String.raw`~(?!\w)`, 'g')],
];

/** Reads text in Slack's own markup. */
export function readMarkup(text: string): ReadBlocks {
  const marks = MARKUP.flatMap(([mark, pattern]) => [...text.matchAll(pattern)].map(() => mark));
  const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
  const read = text.replace(/&(?:lt|gt|amp);/g, (entity) => entities[entity] ?? '');
  return { text: read.replaceAll(ZERO_WIDTH, ''), marks };
}

/** Reads blocks as they stand below each other. Buttons are not read. */
export function readBlocks(blocks: readonly Json[]): ReadBlocks {
  const parts = blocks.map((block) => readBlock(block)).filter(({ text }) => text !== '');
  return { text: parts.map(({ text }) => text).join('\n'), marks: parts.flatMap(({ marks }) => marks) };
}

function readBlock(block: Json): ReadBlocks {
  switch (block.type) {
    case 'section':
      return readText(block.text as Json);
    case 'context': {
      const read = readAll((block.elements as Json[]).map(readText));
      return { ...read, marks: ['small', ...read.marks] };
    }
    case 'rich_text':
      return readAll((block.elements as Json[]).map(readRich));
    default:
      return { text: '', marks: [] };
  }
}

function readText({ type, text }: Json): ReadBlocks {
  return type === 'mrkdwn' ? readMarkup(String(text)) : { text: String(text), marks: [] };
}

/** Text elements are shown letter by letter; everything else is a mark. */
function readRich({ type, text, style, elements }: Json): ReadBlocks {
  if (Array.isArray(elements)) {
    const read = readAll((elements as Json[]).map(readRich));
    return type === 'rich_text_section' ? read : { ...read, marks: [String(type), ...read.marks] };
  }
  if (type !== 'text') return { text: '', marks: [String(type)] };
  return { text: String(text), marks: Object.keys((style as Json | undefined) ?? {}) };
}

function readAll(parts: readonly ReadBlocks[]): ReadBlocks {
  return { text: parts.map(({ text }) => text).join(''), marks: parts.flatMap(({ marks }) => marks) };
}
