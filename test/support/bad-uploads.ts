import { execFileSync } from 'node:child_process';
import { ErrorCode } from '../../src/core/errors';
import { noteBytes } from './broken-media';

const NOTE = noteBytes('01-en.ogg');
const WAV = noteBytes('13-en.wav');

/** A web page in the place of a recording. */
export const WEB_PAGE = Buffer.from(
  '<!doctype html><html><head><title>Sign in</title></head><body>Sign in</body></html>',
);

/** The limits of a service that is sent these. */
export const MAX_BYTES = 1024 * 1024;
export const MAX_SECONDS = 30;

interface Upload {
  what: string;
  name?: string;
  content: () => Buffer;
  fields?: Record<string, string>;
  code: ErrorCode;
}

/** What the request itself shows. */
export const REFUSED_UPLOADS: (Upload & { status: number })[] = [
  { what: 'an empty file', content: () => Buffer.alloc(0), code: 'media_empty', status: 400 },
  { what: 'a web page', content: () => WEB_PAGE, code: 'media_is_html', status: 415 },
  {
    what: 'a text',
    content: () => Buffer.from('Dear Sir or Madam, '.repeat(50)),
    code: 'media_unsupported',
    status: 415,
  },
  {
    what: 'a picture',
    content: () =>
      made('-f', 'lavfi', '-i', 'color=red:s=16x16', '-frames:v', '1', '-f', 'image2pipe', '-c:v', 'png'),
    code: 'media_unsupported',
    status: 415,
  },
  {
    what: 'too large a file',
    content: () => Buffer.concat([WAV, Buffer.alloc(MAX_BYTES)]),
    code: 'media_too_large',
    status: 413,
  },
  {
    what: 'an unknown language',
    content: () => NOTE,
    fields: { language: 'klingon' },
    code: 'language_unknown',
    status: 400,
  },
  {
    what: 'half a wish for translation',
    content: () => NOTE,
    fields: { translate: 'perhaps' },
    code: 'field_invalid',
    status: 400,
  },
  {
    what: 'an unknown field',
    content: () => NOTE,
    fields: { speed: '2' },
    code: 'field_invalid',
    status: 400,
  },
  {
    what: 'a novel as a prompt',
    content: () => NOTE,
    fields: { prompt: 'x'.repeat(1001) },
    code: 'field_invalid',
    status: 400,
  },
];

/** What only decoding shows. */
export const FAILING_UPLOADS: Upload[] = [
  { what: 'a truncated file', content: () => NOTE.subarray(0, NOTE.length / 2), code: 'media_truncated' },
  {
    what: '10 milliseconds',
    name: 'blip.wav',
    content: () => made('-f', 'lavfi', '-i', 'sine=d=0.01:r=16000', '-f', 'wav'),
    code: 'media_too_short',
  },
  {
    what: 'a video without sound',
    name: 'mute.mp4',
    content: () =>
      made('-f', 'lavfi', '-i', 'testsrc=d=1:s=64x64', '-f', 'mp4', '-movflags', 'frag_keyframe+empty_moov'),
    code: 'media_no_audio',
  },
  {
    what: 'a header that claims hours',
    name: 'liar.wav',
    content: () => claimingHours(),
    code: 'media_duration_mismatch',
  },
  {
    what: 'too long a recording',
    content: () =>
      made(
        '-f',
        'lavfi',
        '-i',
        `sine=d=${MAX_SECONDS + 30}:r=48000`,
        '-c:a',
        'libopus',
        '-b:a',
        '16k',
        '-f',
        'ogg',
      ),
    code: 'media_too_long',
  },
  {
    what: 'rubbish behind a right beginning',
    content: () => Buffer.concat([NOTE.subarray(0, 200), Buffer.alloc(5_000, 0x5a)]),
    code: 'media_decode_failed',
  },
];

function made(...args: string[]): Buffer {
  return execFileSync('ffmpeg', ['-nostdin', '-loglevel', 'error', ...args, 'pipe:1']);
}

/** A WAV of two seconds whose header speaks of hours. */
function claimingHours(): Buffer {
  const lying = Buffer.from(WAV);
  const data = lying.indexOf('data');
  lying.writeUInt32LE(0x7000_0000, 4);
  lying.writeUInt32LE(0x7000_0000, data + 4);
  return lying;
}
