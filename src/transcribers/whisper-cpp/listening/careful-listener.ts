import { AudioPiece } from '../../../core/media';
import { Segment, textOf } from '../../../core/transcript';
import { TranscriptionOptions } from '../../../core/voice-note';
import { EngineAnswer } from '../engine/engine-answer';
import { Question } from '../engine/engine-client';
import { SAMPLE_RATE } from '../../wav';
import { audioContextFor, FULL_CONTEXT } from './audio-context';
import { repeatsItself } from '../../repetition';
import { endsEarly } from './doubts';
import { languageOf, segmentsOf } from './segment.mapper';

/** Puts one question to the engine. */
export type Ask = (question: Question) => Promise<EngineAnswer>;

/**
 * Listens to one piece with as little encoder work as its length allows and, when the text then repeats itself or ends
 * early, once more in full. The second answer counts only where it is beyond those doubts.
 */
export async function listenCarefully(
  { samples, start }: Pick<AudioPiece, 'samples' | 'start'>,
  { language, translate, prompt }: TranscriptionOptions,
  ask: Ask,
): Promise<Segment[]> {
  const stretch = { start, seconds: samples.length / SAMPLE_RATE };
  const isDoubtful = (segments: readonly Segment[]) =>
    repeatsItself(textOf(segments)) || endsEarly(samples, (segments.at(-1)?.end ?? start) - start);

  const audioContext = audioContextFor(samples.length);
  const answer = await ask({ samples, language, audioContext, translate, prompt });
  const segments = segmentsOf(answer, language, stretch);
  if (audioContext === FULL_CONTEXT || !isDoubtful(segments)) return segments;

  const known = languageOf(answer, language) ?? language;
  const full = await ask({ samples, language: known, audioContext: FULL_CONTEXT, translate, prompt });
  const again = segmentsOf(full, known, stretch);
  return isDoubtful(again) ? segments : again;
}
