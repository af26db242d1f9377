import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { oggOf, RATE, silence, sineTone, wavHeader, wavOf } from './sounds';

const AUDIO = join(__dirname, 'audio');

/** A note of the manifest, as it is. */
export function noteBytes(file: string): Buffer {
  return readFileSync(join(AUDIO, file));
}

/** Made by ffmpeg from nothing: `arguments_` are what stands before the file's name. */
export function made(name: string, ...arguments_: readonly string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'hark-made-'));
  try {
    const path = join(folder, name);
    execFileSync('ffmpeg', ['-v', 'error', '-nostdin', ...arguments_, '-bitexact', path]);
    return readFileSync(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A film without sound. */
export function silentFilm(name: 'film.mp4' | 'film.webm' = 'film.mp4'): Buffer {
  return made(name, '-f', 'lavfi', '-i', 'testsrc=d=2:s=160x120', '-pix_fmt', 'yuv420p');
}

/** A WAV file whose header promises three hours and which holds one second. */
function wavThatLies(): Buffer {
  return Buffer.concat([wavHeader(3 * 3_600 * RATE * 2), wavOf(sineTone(1)).subarray(44)]);
}

/** Cut off in the middle of a page. */
export function cutOff(file: Buffer, share = 0.6): Buffer {
  return file.subarray(0, Math.floor(file.length * share));
}

function tenMilliseconds(kind: 'wav' | 'ogg'): Buffer {
  return kind === 'wav' ? wavOf(silence(0.01)) : oggOf(sineTone(0.01));
}

const WEB_PAGE = Buffer.from(
  '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Please sign in.</body></html>',
);

const NOT_MEDIA = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n');

/** What arrives when something went wrong on the way, and the code that says so. */
export function brokenMedia(): readonly { what: string; name: string; bytes: Buffer; code: string }[] {
  return [
    { what: 'an empty file', name: 'empty.ogg', bytes: Buffer.alloc(0), code: 'media_empty' },
    {
      what: 'a note that is cut off',
      name: 'cut.ogg',
      bytes: cutOff(noteBytes('07-en.ogg')),
      code: 'media_truncated',
    },
    { what: 'a web page named .ogg', name: 'note.ogg', bytes: WEB_PAGE, code: 'media_is_html' },
    { what: '10 ms of WAV', name: 'short.wav', bytes: tenMilliseconds('wav'), code: 'media_too_short' },
    { what: '10 ms of Opus', name: 'short.ogg', bytes: tenMilliseconds('ogg'), code: 'media_too_short' },
    { what: 'a film without sound', name: 'film.mp4', bytes: silentFilm(), code: 'media_no_audio' },
    {
      what: 'a header that claims hours',
      name: 'lie.wav',
      bytes: wavThatLies(),
      code: 'media_duration_mismatch',
    },
    { what: 'a document', name: 'voice.mp3', bytes: NOT_MEDIA, code: 'media_unsupported' },
  ];
}
