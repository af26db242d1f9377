import { isLanguage, parseLanguage } from '../../../core/languages';
import { Segment, Word } from '../../../core/transcript';
import { EngineAnswer, EngineSegment } from '../engine/engine-answer';
import { mean, wordsOf } from './words';

/** Where a stretch of audio lies in the whole, in seconds. */
export interface Stretch {
  start: number;
  seconds: number;
}

/** The engine's answer about a stretch of audio as segments of the whole. Confidence is the mean of the words'. */
export function segmentsOf(answer: EngineAnswer, told: string, stretch: Stretch): Segment[] {
  const language = languageOf(answer, told);
  return answer.segments
    .filter(({ text }) => text.trim() !== '')
    .map((segment) => segmentOf(segment, language, stretch));
}

/** The code of the language that the engine heard, or was told. */
export function languageOf({ language }: EngineAnswer, told: string): string | undefined {
  if (isLanguage(told)) return told;
  try {
    return typeof language === 'string' ? parseLanguage(language) : undefined;
  } catch {
    return undefined;
  }
}

function segmentOf(segment: EngineSegment, language: string | undefined, stretch: Stretch): Segment {
  const words = wordsOf(segment.words ?? [], language).map((word) => placed(word, stretch));
  const times = { start: segment.start ?? 0, end: segment.end ?? stretch.seconds };
  return {
    ...placed(times, stretch),
    text: segment.text.trim(),
    confidence: mean(words.map(({ confidence }) => confidence)),
    ...(language !== undefined && { language }),
    ...(words.length > 0 && { words }),
  };
}

/** Times within the whole. The engine's may lie a little outside the audio, or run backwards. */
function placed<T extends Pick<Word, 'start' | 'end'>>(times: T, { start, seconds }: Stretch): T {
  const from = Math.min(Math.max(0, times.start), seconds);
  const to = Math.min(Math.max(from, times.end), seconds);
  return { ...times, start: rounded(start + from), end: rounded(start + to) };
}

/** To milliseconds: sums of hundredths have long tails. */
function rounded(seconds: number): number {
  return Math.round(seconds * 1_000) / 1_000;
}
