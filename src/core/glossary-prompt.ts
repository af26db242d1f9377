/**
 * Whisper looks at half its text context, less the mark that begins it: of a longer prompt it sees the end only.
 *
 * @see https://github.com/openai/whisper/blob/main/whisper/decoding.py `_get_initial_tokens`
 */
export const PROMPT_TOKENS = 223;
/** Between two terms. */
const COMMA = 1;

/**
 * At most so many of Whisper's tokens. Nobody can ask the engine, so this counts what is unusual: names, of which a
 * token holds two letters or so; and of other scripts a token for every byte.
 */
export function tokensAtMost(text: string): number {
  const wide = text.match(/[^\x20-\x7e]/gu)?.join('') ?? '';
  const words = text.match(/[\x21-\x7e]+/g) ?? [];
  const narrow = words.reduce((sum, word) => sum + Math.ceil(word.length / 2), 0);
  return narrow + Buffer.byteLength(wide);
}

export interface GlossaryPrompt {
  /** For the engine; undefined when there is nothing to tell it. */
  prompt?: string;
  /** The terms that found room in it. */
  used: string[];
}

/**
 * What the engine is told to expect. What the asker says themself stands last, whole: it is about this very recording,
 * the end of a prompt has the most effect, and it is what remains where there is too much. The rest of the room is for
 * the place's terms, the newest before all others, so that whoever adds one sees that it works.
 *
 * @param terms newest first
 * @param own the asker's
 */
export function glossaryPrompt(terms: readonly string[], own?: string): GlossaryPrompt {
  const asked = own?.trim() ?? '';
  let room = PROMPT_TOKENS - tokensAtMost(asked) - COMMA;
  const used: string[] = [];
  for (const term of terms) {
    const size = tokensAtMost(term) + COMMA;
    if (size > room) continue;
    room -= size;
    used.push(term);
  }
  if (used.length === 0) return { prompt: own, used };
  // The newest stand nearest to what is said.
  const list = `${used.toReversed().join(', ')}.`;
  return { prompt: asked === '' ? list : `${list} ${asked}`, used };
}
