import { AudioContent } from '../../core/media';
import { SAMPLE_RATE } from '../pool/protocol';
import { SoundFrames } from './sound-frame';
import { Steadiness, steadinessOf } from './steadiness';
import { hearsVoice } from './voice-probability';
import { Voicing, voicingOf } from './voicing';

/** Nothing is louder than this: nobody spoke. A whisper across a room is about -60. In dB below full scale. */
const SILENCE_DB = -66;
const WINDOW = SAMPLE_RATE / 10;
/** Most notes show within a second or two that they are speech: the rest of them need not be looked at. */
const LOOKS_SECONDS = [1.2, 3];

/**
 * What a stretch of audio holds. Three questions, the cheap ones first: is it loud enough to be heard; do its voiced
 * sounds move as only speech does; and if that is not plain, does a proven voice detector hear a voice, and is that
 * voice an instrument? When in doubt it is speech: inventing words is bad, but dropping somebody's words is worse.
 */
export async function contentOf(samples: Float32Array): Promise<AudioContent> {
  const begin = onset(samples);
  if (begin === undefined) return 'silence';
  const audible = new SoundFrames(samples.subarray(begin));
  for (const seconds of LOOKS_SECONDS) {
    if (isPlainSpeech(voicingOf(audible.within(seconds * SAMPLE_RATE)))) return 'speech';
  }
  const whole = begin === 0 ? audible : new SoundFrames(samples);
  const voicing = voicingOf(whole.within(samples.length));
  if (isPlainSpeech(voicing)) return 'speech';

  const steadiness = steadinessOf(samples);
  if (isInstrument(voicing, steadiness)) return steadiness.notes >= 4 ? 'music' : 'noise';
  if (isKnocking(voicing, steadiness)) return 'noise';
  return (await hearsVoice(samples)) ? 'speech' : 'noise';
}

/** The sample from which on anything is to be heard. */
function onset(samples: Float32Array): number | undefined {
  const limit = 10 ** (SILENCE_DB / 10) * WINDOW;
  for (let at = 0; at < samples.length; at += WINDOW) {
    let energy = 0;
    for (let i = at; i < Math.min(at + WINDOW, samples.length); i++) energy += samples[i]! * samples[i]!;
    if (energy > limit) return at;
  }
  return undefined;
}

function isPlainSpeech({ active, moving, flat, speechLike }: Voicing): boolean {
  return moving >= 0.35 && flat <= 0.25 && speechLike >= 0.15 && speechLike / active >= 0.08;
}

/**
 * Held tones make up most of it; or fewer, because they tremble, but with a pitch that stays for as long as only an
 * instrument's does. Speech over music moves too much for either, unless the music drowns it.
 */
function isInstrument({ active, moving, flat, voiced }: Voicing, { share }: Steadiness): boolean {
  if (share >= 0.35 && voiced < active * 0.05) return true;
  if (share >= 0.4) return moving < Math.min(0.22, 1.4 * (share - 0.3));
  return share >= 0.2 && voiced >= 0.5 && moving < 0.18 && flat >= 0.2 && flat < 0.6;
}

/** Voiced, but by tones that do not last and neither glide nor change colour: drums, knocks, keys of some keyboards. */
function isKnocking({ active, voiced, rich, flat, speechLike }: Voicing, { share }: Steadiness): boolean {
  return voiced >= 0.3 && share < 0.2 && speechLike < active * 0.03 && (rich < 0.25 || flat >= 0.35);
}
