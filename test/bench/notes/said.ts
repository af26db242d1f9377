import leven from 'leven';

/** What one side made of a note. */
export interface Said {
  text: string;
  milliseconds: number;
  /** Of all its processes, in user code and in the kernel. */
  cpuMs: number;
}

/** Words as they count: without case and marks. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
}

/** Words that are wrong, missing or too many. */
export function wordErrors(text: string, truth: string): number {
  const letters = new Map<string, string>();
  const spelt = (words: string[]): string =>
    words.map((word) => letters.get(word) ?? added(letters, word)).join('');
  return leven(spelt(wordsOf(text)), spelt(wordsOf(truth)));
}

/** Each word becomes a letter of its own. */
function added(letters: Map<string, string>, word: string): string {
  const letter = String.fromCharCode(0x4e00 + letters.size);
  letters.set(word, letter);
  return letter;
}
