import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { wavOf } from '../../../src/transcribers/wav';
import { SeededRandom } from '../../support/seeded-random';
import { Clip, secondsOf } from './note-clips';

/** A note of about a length, made of spoken sentences. */
export interface ComposedNote {
  /** Ogg/Opus, as chats send it. */
  ogg: string;
  /** The same sound as whisper-cli reads it. */
  wav: string;
  seconds: number;
  text: string;
}

/** A long sentence with its pause: the model loses the thread of many short ones. */
const SENTENCE_SECONDS = 3;
/** As much as is put together at once: what is longer is made of parts. */
const PART_SECONDS = 20;
const DRAWS = 12;

/** Sentences one after the other, about as long as they should be. The same number, the same note. */
function chosenClips(clips: readonly Clip[], seconds: number, number: number): Clip[] {
  if (seconds > PART_SECONDS) {
    const parts = Math.round(seconds / PART_SECONDS);
    return Array.from({ length: parts }, (_, part) =>
      chosenClips(clips, seconds / parts, number * parts + part),
    ).flat();
  }
  const random = new SeededRandom(number + 1);
  const count = Math.ceil(seconds / SENTENCE_SECONDS - 0.2);
  const draws = Array.from({ length: DRAWS }, () => random.shuffled(clips).slice(0, count));
  const gap = (draw: readonly Clip[]): number =>
    Math.abs(seconds - draw.reduce((sum, { samples }) => sum + secondsOf(samples), 0));
  return draws.reduce((best, draw) => (gap(draw) < gap(best) ? draw : best));
}

export async function composeNote(
  clips: readonly Clip[],
  seconds: number,
  number: number,
  folder: string,
): Promise<ComposedNote> {
  const chosen = chosenClips(clips, seconds, number);
  const samples = Int16Array.from(chosen.flatMap((clip) => [...clip.samples]));
  const name = join(folder, `${seconds}-${number}`);
  const [spoken, ogg, wav] = [`${name}.spoken.wav`, `${name}.ogg`, `${name}.wav`];
  await writeFile(spoken, wavOf(samples));
  const ffmpeg = (...args: string[]): Promise<unknown> =>
    promisify(execFile)('ffmpeg', ['-nostdin', '-loglevel', 'error', '-y', ...args]);
  await ffmpeg('-i', spoken, '-ar', '48000', '-c:a', 'libopus', '-b:a', '24k', ogg);
  await ffmpeg('-i', ogg, '-ar', '16000', '-ac', '1', wav);
  return { ogg, wav, seconds: secondsOf(samples), text: chosen.map(({ text }) => text).join(' ') };
}
