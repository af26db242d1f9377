import { AudioPiece } from '../../../core/media';
import { ListeningOptions } from '../../../core/transcriber';
import { Segment, textOf } from '../../../core/transcript';
import { EngineAnswer } from '../engine/engine-answer';
import { Question } from '../engine/engine-client';
import { SAMPLE_RATE } from '../../wav';
import { audioContextFor, wideContextFor, withoutSilentEnd } from './audio-context';
import { repeatsItself } from '../../repetition';
import { endsEarly, isHurried, likelihood } from './doubts';
import { languageOf, segmentsOf } from './segment.mapper';

/** Puts one question to the engine. */
export type Ask = (question: Question) => Promise<EngineAnswer>;

/** An answer with a segment less likely than this is not believed at once: those in a wrong language are, and most wrong ones. */
const LIKELY = 0.7;

interface Heard {
  segments: Segment[];
  /** It repeats itself, leaves speech out, or says more than there is time for. */
  strange: boolean;
  likelihood: number;
}

/**
 * Listens to one piece in the quickest way that its length allows. When the engine is not sure of what it has heard, or
 * that shows it has lost its way, it listens once more much as whisper.cpp does by default: in a wide window, following
 * several beams. Then the likelier of both answers counts, unless only one of them is strange. A draft is not listened to
 * once more: a strange one is none.
 */
export async function listenCarefully(
  { samples, start }: Pick<AudioPiece, 'samples' | 'start'>,
  { language, translate, prompt, draft }: ListeningOptions,
  ask: Ask,
): Promise<Segment[]> {
  const stretch = { start, seconds: samples.length / SAMPLE_RATE };
  const spoken = withoutSilentEnd(samples);
  const hear = async (question: Omit<Question, 'samples'>) => {
    const answer = await ask({ samples: spoken, translate, prompt, ...question });
    const segments = segmentsOf(answer, question.language, stretch);
    const heard: Heard = {
      segments,
      strange: isStrange(samples, segments, start),
      likelihood: likelihood(segments),
    };
    return { heard, said: languageOf(answer, question.language) };
  };

  const { heard, said = language } = await hear({ language, audioContext: audioContextFor(spoken) });
  if (draft) return heard.strange ? [] : heard.segments;
  const sure = heard.likelihood >= LIKELY;
  if (sure && !heard.strange) return heard.segments;

  const known = sure ? said : language;
  const audioContext = wideContextFor(spoken);
  const again = await hear({ language: known, audioContext, detectionContext: audioContext, thorough: true });
  return better(heard, again.heard).segments;
}

function isStrange(samples: Int16Array, segments: readonly Segment[], from: number): boolean {
  const here = segments.map(({ text, start, end }) => ({ text, start: start - from, end: end - from }));
  return (
    repeatsItself(textOf(segments)) || endsEarly(samples, here.at(-1)?.end ?? 0) || isHurried(samples, here)
  );
}

/** Where both have lost their way the one that took more pains: that is what whisper.cpp itself would have said. */
function better(quick: Heard, thorough: Heard): Heard {
  if (quick.strange) return thorough;
  return !thorough.strange && thorough.likelihood > quick.likelihood ? thorough : quick;
}
