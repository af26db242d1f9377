import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const AUDIO = join(__dirname, 'audio');

/** A sample voice note and what is said in it. */
export interface Note {
  file: string;
  language: string;
  seconds: number;
  text: string;
  english?: string;
}

export const NOTES = JSON.parse(readFileSync(join(AUDIO, 'manifest.json'), 'utf8')) as Note[];

/** What is said in the note of this name. */
export function spokenIn(name: string): string {
  const note = NOTES.find(({ file }) => file === name);
  if (!note) throw new Error(`There is no note ${name}.`);
  return note.text;
}

/** Where a sample note is. */
export function audioPath(file: string): string {
  return join(AUDIO, file);
}

/** The note's sound as the engine wants it: 16 kHz, one channel. */
export function samplesOf(file: string): Int16Array {
  const input = ['-nostdin', '-loglevel', 'error', '-i', audioPath(file)];
  const wav = execFileSync('ffmpeg', [...input, '-ar', '16000', '-ac', '1', '-f', 's16le', '-'], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return new Int16Array(wav.buffer.slice(wav.byteOffset, wav.byteOffset + wav.byteLength));
}

const FRAME = 320;
const LEAST_SAMPLES = 5 * 16_000;
const PAUSE_FRAMES = 20;

/** Stretches of at least 5 s, cut in pauses of 0.4 s; each with its place in the whole, in seconds. */
export function cutAtPauses(samples: Int16Array): { start: number; samples: Int16Array }[] {
  const cuts = [0];
  let quiet = 0;
  for (let at = 0; at + FRAME <= samples.length; at += FRAME) {
    const loudest = samples
      .subarray(at, at + FRAME)
      .reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    quiet = loudest < 500 ? quiet + 1 : 0;
    const middle = at + FRAME - (PAUSE_FRAMES / 2) * FRAME;
    if (quiet === PAUSE_FRAMES && middle - (cuts.at(-1) ?? 0) >= LEAST_SAMPLES) cuts.push(middle);
  }
  return cuts.map((cut, index) => ({ start: cut / 16_000, samples: samples.subarray(cut, cuts[index + 1]) }));
}
