import { splitText } from './text-splitter';

/** More is no summary. */
const MOST_CHARACTERS = 3_000;
/** So much of what a model writes is looked at: its thoughts and its markup take room, too. */
export const MOST_WRITTEN = 8 * MOST_CHARACTERS;

/**
 * What models write although they were told not to, and what could pass for something else than words. Each pattern
 * takes time in proportion to the text, whatever stands in that: it is run again with every word that comes.
 */
const UNWANTED: readonly [pattern: RegExp, replacement: string][] = [
  // Thoughts, also unfinished ones.
  [/<think(?:ing)?>[^]*?(?:<\/think(?:ing)?>|$)/gi, ''],
  [/<\/?transcript-[0-9a-f]*>/gi, ''],
  [/\r\n?/g, '\n'],
  // Control characters, and those that turn the direction of writing, cannot be seen, or are half a character. Two that
  // cannot be seen join others, in emoji and in many scripts.
  [/[^\P{C}\n\t\u200c\u200d]/gu, ''],
  // Links: nobody can say one, and none of a stranger's is worth following.
  [/!?\[([^[\]\n]*)\]\([^()\n]*\)/g, '$1'],
  [/\b[a-z][a-z0-9+.-]{0,30}:\/\/\S+/gi, '[…]'],
  // Markdown.
  [/^[ \t]*#{1,6}[ \t]+/gm, ''],
  [/\*\*|__|```\w*|`/g, ''],
  [/^[ \t]*[-*•][ \t]+/gm, '• '],
  [/(?<![ \t])[ \t]+$/gm, ''],
  [/\n{3,}/g, '\n\n'],
];

/** What a model wrote, as plain text of bounded length. Platforms make it harmless in their own way on top of that. */
export function summaryText(written: string): string {
  const plain = UNWANTED.reduce(
    (text, [pattern, replacement]) => text.replace(pattern, replacement),
    written.slice(0, MOST_WRITTEN),
  );
  const [beginning = '', more] = splitText(plain, MOST_CHARACTERS);
  return more === undefined ? beginning : `${beginning} …`;
}
