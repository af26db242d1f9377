import { Answer, AnswerPart } from './answer';
import { PartText, partText } from './answer-part-text';
import { isLongText } from './long-text';
import { PlatformLimits } from './chat-platform';
import { writeMarked } from './doubts';
import { Phrasebook } from './phrasebook';
import { splitText } from './text-splitter';

/** How a platform writes things. */
export interface ChatMarkup {
  /** Makes text harmless that anybody may have said: no mention, no link, no formatting comes of it. */
  escape(text: string): string;
  bold(text: string): string;
  /** Small print, one line. */
  small(text: string): string;
  /** A word that may be wrong; it is escaped already. */
  doubtful(text: string): string;
}

/** What people can do with an answer. */
export type AnswerAction =
  'private-copy' | 'translate' | 'summarize' | 'srt' | 'txt' | 'try-again' | 'fix' | 'delete';

/** An answer as it is to be shown now, in the platform's own writing. */
export interface ComposedAnswer {
  /** Within the platform's limits, in order. The first one is there from the beginning. */
  messages: string[];
  /** Texts that are too long for messages, whole. */
  files: { name: string; text: string }[];
  actions: AnswerAction[];
  /** False while a part is still being read. */
  settled: boolean;
}

export interface ComposerOptions {
  limits: Pick<PlatformLimits, 'messageCharacters' | 'messages'>;
  markup: ChatMarkup;
  phrasebook: Phrasebook;
  /** From how many characters on a text may be summed up; undefined: summaries are off. */
  summarizeFrom?: number;
}

/** Puts an answer into words: grows with its parts, is whole when they are, and fits the platform. Pure. */
export function composeAnswer(answer: Answer, options: ComposerOptions): ComposedAnswer {
  const { locale } = answer.address;
  const parts = answer.parts.map((part) => partText(part, answer.parts.length, options.phrasebook, locale));
  const settled = parts.every(({ unfinished }) => !unfinished);
  const whole = inMessages(parts, options);
  const most = settled ? options.limits.messages : 1;
  const shown =
    whole.length <= most ? { messages: whole, files: [] } : abridged(parts, options, settled, locale);
  return {
    ...shown,
    settled,
    actions: settled ? actionsFor(answer.parts, options.summarizeFrom) : ['delete'],
  };
}

function inMessages(parts: readonly PartText[], { limits, markup }: ComposerOptions): string[] {
  const limit = limits.messageCharacters;
  const messages: string[] = [];
  for (const part of parts) {
    const [head, foot] = frame(part, markup);
    const room = limit - head.length - foot.length;
    const write = writerOf(markup);
    const chunks = splitText(part.marked, room, (text) => write(text).length).map(write);
    if (chunks.length === 0) chunks.push('');
    chunks[0] = `${head}${chunks[0]}`;
    chunks[chunks.length - 1] = `${chunks.at(-1)}${foot}`.trimStart();
    for (const chunk of chunks) {
      const together =
        messages.length > 0 && chunks.length === 1 ? `${messages.at(-1)}\n\n${chunk}` : undefined;
      if (together !== undefined && together.length <= limit) messages[messages.length - 1] = together;
      else messages.push(chunk);
    }
  }
  return messages;
}

/** The beginning of every part in one message; once settled, the whole of what was cut as files. */
function abridged(
  parts: readonly PartText[],
  options: ComposerOptions,
  settled: boolean,
  locale: string | undefined,
): Pick<ComposedAnswer, 'messages' | 'files'> {
  const { limits, markup, phrasebook } = options;
  const share = Math.floor(limits.messageCharacters / parts.length) - 2;
  const files: ComposedAnswer['files'] = [];
  const blocks = parts.map((part, index) => {
    const [head, foot] = frame(part, markup);
    const name = parts.length > 1 ? `transcript-${index + 1}.txt` : 'transcript.txt';
    const more = settled
      ? `…\n${markup.small(phrasebook.say(locale, 'answer.continuedInFile', { name }))}`
      : '…';
    const write = writerOf(markup);
    const size = (text: string): number => write(text).length;
    const fits = size(part.marked) <= share - head.length - foot.length;
    if (fits) return `${head}${write(part.marked)}${foot}`.trim();
    if (settled) files.push({ name, text: `${part.text}\n` });
    const [beginning = ''] = splitText(
      part.marked,
      Math.max(1, share - head.length - foot.length - more.length),
      size,
    );
    return `${head}${write(beginning)}${more}${foot}`;
  });
  return { messages: [blocks.join('\n\n')], files };
}

function writerOf(markup: ChatMarkup): (marked: string) => string {
  const doubtful = (text: string): string => markup.doubtful(text);
  return (marked) => writeMarked(marked, (text) => markup.escape(text), doubtful);
}

/** What stands before and after a part's text. */
function frame({ heading, text, remark }: PartText, markup: ChatMarkup): [string, string] {
  return [
    heading === undefined ? '' : `${markup.bold(heading)}\n`,
    remark === '' ? '' : `${text === '' ? '' : '\n'}${smallLines(remark, markup)}`,
  ];
}

function smallLines(remark: string, markup: ChatMarkup): string {
  const lines = remark.split('\n').filter((line) => line !== '');
  return lines.map((line) => markup.small(markup.escape(line))).join('\n');
}

function actionsFor(parts: readonly AnswerPart[], summarizeFrom: number | undefined): AnswerAction[] {
  const spoken = parts.filter(({ job }) => job.status !== 'failed' && job.outcome === 'speech');
  const translatable = spoken.some(({ job }) => !job.options.translate && job.language !== 'en');
  return [
    ...(spoken.length > 0 ? (['private-copy'] as const) : []),
    ...(translatable ? (['translate'] as const) : []),
    ...(parts.some((part) => isLongText(part, summarizeFrom)) ? (['summarize'] as const) : []),
    ...(spoken.length > 0 ? (['srt', 'txt'] as const) : []),
    'try-again',
    ...(spoken.length > 0 ? (['fix'] as const) : []),
    'delete',
  ];
}
