import { execFileSync } from 'node:child_process';
import { SeededRandom } from '../../support/seeded-random';
import { Language, sentence } from './sentence-patterns';

/** A note that nobody has heard before, what is said in it, and its sound: 16 kHz, one channel. */
export interface SpokenNote {
  name: string;
  language: Language;
  text: string;
  samples: Int16Array;
}

const VOICES: Record<Language, readonly string[]> = {
  en: [
    'en-us',
    'en-gb',
    'en-gb-x-rp',
    'en-us+m1',
    'en-us+m3',
    'en-us+f2',
    'en-us+f5',
    'en-gb+m7',
    'en-gb+f4',
  ],
  de: ['de', 'de+m1', 'de+m3', 'de+m7', 'de+f1', 'de+f2', 'de+f4', 'de+f5'],
};
/** How many sentences a note has: most people say one thing, and a few say more. */
const SENTENCES = [1, 1, 1, 2, 2, 3];
const WAV_HEADER_BYTES = 44;
/** Hz of espeak-ng's voices, and of what the engine hears. */
const SPOKEN_RATE = 22_050;
const HEARD_RATE = 16_000;
/** So many samples of the one take exactly as long as so many of the other. */
const [SPOKEN_UNIT, HEARD_UNIT] = [441, 320];

/**
 * Notes of one to three sentences, spoken by espeak-ng in English and German with several voices, speeds and pitches.
 * The same for the same seed.
 */
export function spokenNotes(count: number, seed: number): SpokenNote[] {
  const random = new SeededRandom(seed);
  const drafts = Array.from({ length: count }, (_, index) => {
    const language: Language = random.oneOf(['en', 'de']);
    const sentences = Array.from({ length: random.oneOf(SENTENCES) }, () => sentence(language, random));
    return {
      name: `${index}-${language}`,
      language,
      text: sentences.join(' '),
      ...spoken(sentences, language, random),
    };
  });
  const heard = resampled(Buffer.concat(drafts.map(({ sound }) => sound)));
  let at = 0;
  return drafts.map(({ name, language, text, units }) => {
    const samples = heard.slice(at, (at += units * HEARD_UNIT));
    return { name, language, text, samples };
  });
}

/** One voice says all of it, with a pause after each sentence. */
function spoken(
  sentences: readonly string[],
  language: Language,
  random: SeededRandom,
): { sound: Buffer; units: number } {
  const voice = ['-v', random.oneOf(VOICES[language]), '-s', String(random.between(125, 190))];
  const args = [...voice, '-p', String(random.between(30, 70)), '--stdout'];
  const parts = sentences.flatMap((text) => {
    const wav = execFileSync('espeak-ng', [...args, text], { stdio: ['ignore', 'pipe', 'ignore'] });
    const pause = Buffer.alloc(2 * Math.round((random.between(0, 500) / 1_000) * SPOKEN_RATE));
    return [wav.subarray(WAV_HEADER_BYTES), pause];
  });
  const whole = Buffer.concat(parts);
  const units = Math.ceil(whole.length / 2 / SPOKEN_UNIT);
  return { sound: Buffer.concat([whole], units * SPOKEN_UNIT * 2), units };
}

/** All at once: starting a program takes longer than its work. */
function resampled(sound: Buffer): Int16Array {
  const raw = (rate: number) => ['-f', 's16le', '-ar', String(rate), '-ac', '1'];
  const args = ['-v', 'error', ...raw(SPOKEN_RATE), '-i', 'pipe:0', ...raw(HEARD_RATE), 'pipe:1'];
  const heard = execFileSync('ffmpeg', args, { input: sound, maxBuffer: 2 * sound.length });
  return new Int16Array(heard.buffer.slice(heard.byteOffset, heard.byteOffset + heard.byteLength));
}
