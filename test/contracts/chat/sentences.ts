/** More than fits into a few messages of any platform. */
export const SENTENCES = Array.from(
  { length: 180 },
  (_, n) => `Sentence number ${n + 1} says what it has to say.`,
);
