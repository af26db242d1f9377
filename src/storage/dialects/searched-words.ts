/** More words than anybody searches for. */
const MAX_WORDS = 32;

/** Whatever was typed is only words: at most so many of what stands between blanks and has a letter or a digit in it. */
export function searchedWords(typed: string): string[] {
  return typed
    .replaceAll('\0', ' ')
    .split(/\s+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, MAX_WORDS);
}
