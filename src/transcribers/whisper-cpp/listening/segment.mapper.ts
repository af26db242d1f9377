import { Segment } from '../../../core/transcript';
import { languageHeard, placed, Stretch } from '../../stretch';
import { mean, wordsOf } from '../../words';
import { EngineAnswer, EngineSegment } from '../engine/engine-answer';

/** The engine's answer about a stretch of audio as segments of the whole. Confidence is the mean of the words'. */
export function segmentsOf(answer: EngineAnswer, told: string, stretch: Stretch): Segment[] {
  const language = languageOf(answer, told);
  return answer.segments
    .filter(({ text }) => text.trim() !== '')
    .map((segment) => segmentOf(segment, language, stretch));
}

/** The code of the language that the engine heard, or was told. */
export function languageOf({ language }: EngineAnswer, told: string): string | undefined {
  return languageHeard(told, language);
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
