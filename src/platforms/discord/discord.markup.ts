import { bold, subtext } from 'discord.js';
import { ChatMarkup } from '../../core/answer-composer';

const ZERO_WIDTH_SPACE = '\u200b';

/**
 * What Discord would read as something else than words, and how it is written to be read as words. A backslash before
 * punctuation stands for the punctuation itself (seen in Discord's own renderer), wherever it stands.
 */
const HARMLESS: readonly [pattern: RegExp, replacement: string][] = [
  // Emphasis, code, spoilers, strikethrough, escapes; `<` and `[` open mentions, custom emoji, timestamps and links.
  [/[\\*_~`|<>[\]]/g, '\\$&'],
  // At the start of a line: headings, small print, lists.
  [/^(\s*)([#+-])/gm, '$1\\$2'],
  [/^(\s*\d{1,10})([.)])/gm, '$1\\$2'],
  // Addresses become links by themselves, invitations even without "https".
  [/:(?=\/\/)/g, '\\:'],
  [/\.(?=(?:gg|com|me|new|gift)\b)/gi, '\\.'],
  // `:smile:` becomes an emoji.
  [/:(?=[\w+~-]+:)/g, '\\:'],
  // Nobody is notified whatever the text says; this keeps it from looking so, too.
  [/@(?=everyone|here)/gi, `@${ZERO_WIDTH_SPACE}`],
];

/** Discord's Markdown. */
export const DISCORD_MARKUP: ChatMarkup = {
  escape: (text) =>
    HARMLESS.reduce((escaped, [pattern, replacement]) => escaped.replace(pattern, replacement), text),
  bold: (text) => bold(text),
  small: (text) => subtext(text),
  doubtful: (text) => `*${text}*`,
};
