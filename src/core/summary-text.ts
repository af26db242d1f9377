import { splitText } from './text-splitter';

/** More is no summary. */
const MOST_CHARACTERS = 3_000;

/** What models write although they were told not to, and what could pass for something else than words. */
const UNWANTED: readonly [pattern: RegExp, replacement: string][] = [
  // Thoughts, also unfinished ones.
  [/<think(?:ing)?>[^]*?(?:<\/think(?:ing)?>|$)/gi, ''],
  [/<\/?transcript-[0-9a-f]*>/gi, ''],
  [/\r\n?/g, '\n'],
  // Control characters, and those that turn the direction of writing, cannot be seen, or are half a character. Two that
  // cannot be seen join others, in emoji and in many scripts.
  [/[^\P{C}\n\t\u200c\u200d]/gu, ''],
  // Links: nobody can say one, and none of a stranger's is worth following.
  [/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1'],
  [/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, '[…]'],
  // Markdown.
  [/^\s*#{1,6}\s+/gm, ''],
  [/\*\*|__|```\w*|`/g, ''],
  [/^[ \t]*[-*•][ \t]+/gm, '• '],
  [/[ \t]+$/gm, ''],
  [/\n{3,}/g, '\n\n'],
];

/** What a model wrote, as plain text of bounded length. Platforms make it harmless in their own way on top of that. */
export function summaryText(written: string): string {
  const plain = UNWANTED.reduce(
    (text, [pattern, replacement]) => text.replace(pattern, replacement),
    written,
  );
  const [beginning = '', more] = splitText(plain, MOST_CHARACTERS);
  return more === undefined ? beginning : `${beginning} …`;
}
