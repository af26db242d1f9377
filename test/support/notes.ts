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

/** The note's sound as the engine wants it: 16 kHz, one channel. */
export function samplesOf(file: string): Int16Array {
  const input = ['-nostdin', '-loglevel', 'error', '-i', join(AUDIO, file)];
  const wav = execFileSync('ffmpeg', [...input, '-ar', '16000', '-ac', '1', '-f', 's16le', '-'], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return new Int16Array(wav.buffer.slice(wav.byteOffset, wav.byteOffset + wav.byteLength));
}
