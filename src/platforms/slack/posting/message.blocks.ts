import { types } from '@slack/bolt';
import { splitText } from '../../../core/text-splitter';
import { FALLBACK_TEXT_BYTES, MESSAGE_BLOCKS } from '../slack-limits';
import { DOUBT, escapeMrkdwn, HEADING, NO_DOUBT, SMALL } from '../slack.markup';

/** What stands in for text where there is none: Slack takes no empty message. */
const NOTHING = '…';

const MARKS = new RegExp(`[${DOUBT}${NO_DOUBT}]`, 'g');

interface Run {
  kind: 'words' | 'heading' | 'small';
  text: string;
}

/**
 * A composed message as blocks. What was said is the text of rich text elements, which Slack shows letter by letter:
 * nothing in it can become a mention, a link, an emoji or a format.
 *
 * @param room blocks that the message may have
 */
export function blocksOf(message: string, room = MESSAGE_BLOCKS): types.KnownBlock[] {
  const runs = runsOf(message);
  const blocks: types.KnownBlock[] = [];
  let open: Run[] = [];
  const close = (): void => {
    if (open.length > 0) blocks.push(richText(open));
    open = [];
  };
  for (const run of runs) {
    if (run.kind !== 'small') open.push(run);
    else {
      close();
      blocks.push({ type: 'context', elements: [{ type: 'plain_text', text: run.text, emoji: false }] });
    }
  }
  close();
  return blocks.length > room ? [richText(runs)] : blocks;
}

/** The message for notifications and screen readers, in Slack's markup; cut to what an edit may carry. */
export function fallbackOf(message: string): string {
  const text = runsOf(message)
    .map((run) => run.text)
    .join('\n')
    .replace(MARKS, '');
  const [beginning = NOTHING] = splitText(text, FALLBACK_TEXT_BYTES, (part) =>
    Buffer.byteLength(escapeMrkdwn(part)),
  );
  return escapeMrkdwn(beginning);
}

/** Lines of the same kind together. */
function runsOf(message: string): Run[] {
  const runs: Run[] = [];
  for (const line of message.split('\n')) {
    const run = runOf(line);
    const last = runs.at(-1);
    if (last?.kind === run.kind) last.text += `\n${run.text}`;
    else runs.push(run);
  }
  const filled = runs
    .map(({ kind, text }) => ({ kind, text: text.replace(/^\n+|\s+$/g, '') }))
    .filter(({ text }) => text !== '');
  return filled.length > 0 ? filled : [{ kind: 'words', text: NOTHING }];
}

function runOf(line: string): Run {
  if (line.startsWith(SMALL)) return { kind: 'small', text: line.slice(SMALL.length) };
  if (line.startsWith(HEADING)) return { kind: 'heading', text: line.slice(HEADING.length) };
  return { kind: 'words', text: line };
}

function richText(runs: readonly Run[]): types.RichTextBlock {
  const elements = runs.flatMap(({ kind, text }, index) =>
    textElements(index < runs.length - 1 ? `${text}\n` : text, kind),
  );
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

/** Words that may be wrong are slanted. */
function textElements(text: string, kind: Run['kind']): types.RichTextText[] {
  const parts = text.split(new RegExp(`${DOUBT}([^${NO_DOUBT}]*)${NO_DOUBT}`));
  return parts.flatMap((part, index) => {
    const words = part.replace(MARKS, '');
    const style = { ...(kind === 'heading' && { bold: true }), ...(index % 2 === 1 && { italic: true }) };
    if (words === '') return [];
    return [{ type: 'text' as const, text: words, ...(Object.keys(style).length > 0 && { style }) }];
  });
}
