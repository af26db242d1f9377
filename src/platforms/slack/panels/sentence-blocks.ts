import { hasTimes, markedSentence } from '../slack-times';
import { Shown, markedBlock, plainBlocks } from './blocks';

/** One sentence of hark's own. Only markup can show a time. */
export function shownSentence(sentence: string): Shown {
  const text = markedSentence(sentence);
  return { text, blocks: hasTimes(sentence) ? [markedBlock([text])] : plainBlocks(sentence) };
}
