import { join } from 'node:path';
import { Readable } from 'node:stream';
import { brokenMedia, cutOff, noteBytes, silentFilm } from '../../test/support/broken-media';
import { benchForAll, fileInput, GENEROUS, hear } from '../../test/support/media-bench';

const AUDIO = join(__dirname, '../../test/support/audio');
const never = new AbortController().signal;

const bench = benchForAll();
const read = bench.hear;

describe('bad input', () => {
  it.each(brokenMedia())('$what is $code', async ({ bytes, code }) => {
    await expect(read(bytes)).rejects.toMatchObject({ name: 'HarkError', code, retryable: false });
    await expect(read(bytes, GENEROUS, false)).rejects.toMatchObject({ code });
  });

  it.each(['09-de.m4a', '11-en.mp4', '13-en.wav', '14-en.flac', '15-en.webm', '16-en.ogg'])(
    '%s cut off is media_truncated',
    async (file) => {
      await expect(read(cutOff(noteBytes(file)))).rejects.toMatchObject({ code: 'media_truncated' });
    },
  );

  it('an Ogg file of headers alone is media_truncated', async () => {
    const note = noteBytes('01-en.ogg');
    const third = note.indexOf('OggS', note.indexOf('OpusTags'));
    await expect(read(note.subarray(0, third))).rejects.toMatchObject({ code: 'media_truncated' });
  });

  it('a note without its end mark is whole', async () => {
    const note = Buffer.from(noteBytes('01-en.ogg'));
    note[note.lastIndexOf('OggS') + 5]! &= ~4;
    expect((await read(note)).seconds).toBeCloseTo(3.36, 1);
  });

  it.each(['film.mp4', 'film.webm'] as const)('%s without sound is media_no_audio', async (name) => {
    await expect(read(silentFilm(name))).rejects.toMatchObject({ code: 'media_no_audio' });
  });

  it('is refused when it is said to be too large, and when it turns out to be', async () => {
    const note = noteBytes('13-en.wav');
    const limits = { ...GENEROUS, maxBytes: 100_000 };
    await expect(read(note, limits)).rejects.toMatchObject({ code: 'media_too_large' });
    await expect(read(note, limits, false)).rejects.toMatchObject({ code: 'media_too_large' });
    const file = bench.reader.read(
      { ...fileInput(join(AUDIO, '13-en.wav')), bytes: undefined },
      limits,
      never,
    );
    await expect(file.then(hear)).rejects.toMatchObject({ code: 'media_too_large' });
  });

  it.each(['08-en.ogg', '13-en.wav', '10-en.m4a'])('%s is refused when it is too long', async (file) => {
    const limits = { ...GENEROUS, maxSeconds: 3 };
    await expect(read(noteBytes(file), limits)).rejects.toMatchObject({ code: 'media_too_long' });
    await expect(read(noteBytes(file), limits, false)).rejects.toMatchObject({ code: 'media_too_long' });
  });

  it('damaged in the middle ends in an error, not in a crash', async () => {
    for (const file of ['07-en.ogg', '12-de.mp3', '14-en.flac', '10-en.m4a', '15-en.webm']) {
      const bytes = Buffer.from(noteBytes(file));
      bytes.fill(0xff, Math.floor(bytes.length / 3), Math.floor(bytes.length / 2));
      const outcome = await read(bytes).catch((error: { code: string }) => error.code);
      if (typeof outcome === 'string') expect(outcome).toMatch(/^media_(decode_failed|truncated)$/);
    }
    expect((await read(noteBytes('01-en.ogg'))).contents).toEqual(new Set(['speech']));
  });

  it('whose download fails is what the download says', async () => {
    const error = Object.assign(new Error('broken pipe'), { code: 'ECONNRESET' });
    const stream = Readable.from(
      (async function* () {
        yield await Promise.resolve(noteBytes('08-en.ogg').subarray(0, 20_000));
        throw error;
      })(),
    );
    const heard = bench.reader.read({ stream }, GENEROUS, never).then(hear);
    await expect(heard).rejects.toMatchObject({ name: 'HarkError', cause: error });
  });
});

describe('identify', () => {
  it.each([
    ['<html>', 'media_is_html'],
    ['  \n<!DocType HTML PUBLIC>', 'media_is_html'],
    ['\uFEFF<!-- login --><body class="x">', 'media_is_html'],
    ['{"ok":false,"error":"not_authed"}', 'media_unsupported'],
    ['RIFF0000WEBPVP8 ', 'media_unsupported'],
    ['', 'media_empty'],
    ['MThd\0\0\0\x06\0\x01', 'media_unsupported'],
    ['GIF89a', 'media_unsupported'],
    ['just some words', 'media_unsupported'],
    ['#EXTM3U\n#EXT-X-TARGETDURATION:10\n', 'media_unsupported'],
  ])('takes %j for %s', async (text, code) => {
    await expect(bench.reader.identify(Buffer.from(text))).rejects.toMatchObject({ code });
  });

  it('knows a page in UTF-16', async () => {
    const page = Buffer.from('\uFEFF<html><body>', 'utf16le');
    await expect(bench.reader.identify(page)).rejects.toMatchObject({ code: 'media_is_html' });
  });
});
