/** Without a stop somewhere, so many words are taken for a sentence. */
const LONGEST_WORDS = 40;
const MOST_SENTENCES = 5;
const SHORTEST_WORD = 4;

/** Sentences of the text, in order. */
function sentencesOf(text: string, language: string | undefined): string[] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
  return [...segmenter.segment(text)].flatMap(({ segment }) => {
    const words = segment.trim().split(/\s+/);
    const pieces: string[] = [];
    while (words.length > 0) pieces.push(words.splice(0, LONGEST_WORDS).join(' '));
    return pieces.filter((piece) => piece !== '');
  });
}

function wordsOf(sentence: string): Set<string> {
  const words = sentence.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.filter((word) => word.length >= SHORTEST_WORD));
}

/**
 * The sentences that have most to do with the rest: each word counts by how many sentences have it, a sentence by the
 * mean of its words, and what has been picked already counts no more. In the order in which they were said.
 */
export function pickSentences(text: string, language?: string): string[] {
  const sentences = sentencesOf(text, language).map((sentence) => ({ sentence, words: wordsOf(sentence) }));
  const weights = new Map<string, number>();
  for (const { words } of sentences)
    for (const word of words) weights.set(word, (weights.get(word) ?? 0) + 1);
  const wanted = Math.min(MOST_SENTENCES, Math.ceil(sentences.length / 3));
  const picked = new Set<number>();
  while (picked.size < wanted) {
    const scores = sentences.map(({ words }, place) =>
      picked.has(place)
        ? -1
        : [...words].reduce((sum, word) => sum + (weights.get(word) ?? 0), 0) / (words.size + 3),
    );
    const best = scores.indexOf(Math.max(...scores));
    picked.add(best);
    for (const word of sentences[best]?.words ?? []) weights.set(word, 0);
  }
  return [...picked].sort((a, b) => a - b).map((place) => sentences[place]?.sentence ?? '');
}
