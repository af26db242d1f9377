import { NOTES, samplesOf } from '../../support/notes';

const RATE = 16_000;
const FRAME = 320;
const QUIET = 400;
const LEAST_PAUSE_FRAMES = 10;
/** What is left of the silence on either side, as people breathe. */
const REST_FRAMES = 15;

/** A sentence that somebody has spoken. */
export interface Clip {
  text: string;
  samples: Int16Array;
}

export const secondsOf = (samples: Int16Array): number => samples.length / RATE;

/** Every sentence of the English sample notes by itself: cut in the longest pauses. */
export function sentenceClips(): Clip[] {
  return NOTES.filter(({ language }) => language === 'en').flatMap(({ file, text }) =>
    clipsOf(samplesOf(file), text.split(/(?<=[.?!]) /)),
  );
}

/** @throws Error when there are fewer pauses than sentences need */
function clipsOf(samples: Int16Array, sentences: string[]): Clip[] {
  const speech = stretchesOf(samples);
  const inner = speech.slice(1).map(({ start }, index) => ({ from: speech[index]?.end ?? 0, to: start }));
  const cuts = inner
    .sort((a, b) => b.to - b.from - (a.to - a.from))
    .slice(0, sentences.length - 1)
    .sort((a, b) => a.from - b.from);
  if (cuts.length !== sentences.length - 1)
    throw new Error(`Too few pauses for ${sentences.length} sentences`);
  const bounds = [
    { to: speech[0]?.start ?? 0, from: 0 },
    ...cuts,
    { from: speech.at(-1)?.end ?? 0, to: Infinity },
  ];
  return sentences.map((text, index) => {
    const start = Math.max(bounds[index]?.from ?? 0, (bounds[index]?.to ?? 0) - REST_FRAMES);
    const end = Math.min(bounds[index + 1]?.to ?? Infinity, (bounds[index + 1]?.from ?? 0) + REST_FRAMES);
    return { text, samples: samples.subarray(start * FRAME, end * FRAME) };
  });
}

/** Where something sounds, in frames. */
function stretchesOf(samples: Int16Array): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (let frame = 0; (frame + 1) * FRAME <= samples.length; frame++) {
    const loudest = samples
      .subarray(frame * FRAME, (frame + 1) * FRAME)
      .reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (loudest < QUIET) continue;
    const last = found.at(-1);
    if (last && frame - last.end < LEAST_PAUSE_FRAMES) last.end = frame + 1;
    else found.push({ start: frame, end: frame + 1 });
  }
  return found;
}
