import { wordErrors, wordsOf } from '../notes/said';

/** How far what was heard is from what was said. */
export interface WordCount {
  words: number;
  /** Words that are wrong, missing or too many. */
  errors: number;
  /** Errors of all words, in percent. */
  errorRate: number;
  /** Notes with at least one error. */
  notes: number;
}

/** @param texts what was heard, in the order of what was said */
export function wordCount(truths: readonly string[], texts: readonly string[]): WordCount {
  const words = truths.reduce((sum, truth) => sum + wordsOf(truth).length, 0);
  const each = truths.map((truth, index) => wordErrors(texts[index] ?? '', truth));
  const errors = each.reduce((sum, count) => sum + count, 0);
  const errorRate = Number(((100 * errors) / words).toFixed(2));
  return { words, errors, errorRate, notes: each.filter((count) => count > 0).length };
}
