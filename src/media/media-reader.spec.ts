import { join } from 'node:path';
import { made, noteBytes } from '../../test/support/broken-media';
import { benchForAll, fileInput, GENEROUS, hear, streamInput } from '../../test/support/media-bench';
import { NOTES } from '../../test/support/notes';
import {
  arpeggio,
  drums,
  encoded,
  joined,
  keyboardClatter,
  mixed,
  oggOf,
  pianoMusic,
  silence,
  sineTone,
  wavOf,
  whiteNoise,
} from '../../test/support/sounds';
import { HEAD_BYTES } from './formats/format-detector';

const AUDIO = join(__dirname, '../../test/support/audio');
const never = new AbortController().signal;

const bench = benchForAll();
const read = bench.hear;

describe('a voice note', () => {
  it.each(NOTES)('$file is decoded whole and heard as speech', async ({ file, seconds }) => {
    const heard = await hear(await bench.reader.read(fileInput(join(AUDIO, file)), GENEROUS, never));
    expect(Math.abs(heard.seconds - seconds)).toBeLessThan(0.06);
    expect([...heard.contents]).toEqual(['speech']);
    const samples = heard.pieces.reduce((sum, piece) => sum + piece.samples.length, 0);
    expect(samples / 16_000).toBeCloseTo(heard.seconds, 3);
    expect(heard.pieces.at(-1)!.progress).toBe(1);
    expect(heard.bytes).toBe(noteBytes(file).length);
  });

  it.each(NOTES)('$file is known by its bytes, whatever its name', async ({ file }) => {
    const wrong = { ...streamInput(noteBytes(file)), name: 'holiday.jpg', mimeType: 'image/jpeg' };
    const { format, contents } = await hear(await bench.reader.read(wrong, GENEROUS, never));
    expect(await bench.reader.identify(noteBytes(file).subarray(0, HEAD_BYTES))).toBe(format);
    expect(contents.has('speech')).toBe(true);
  });

  it('that is here already is read as it is needed, and not hashed again', async () => {
    for (const isHere of [true, false]) {
      const decoded = await bench.reader.read(
        { ...streamInput(noteBytes('01-en.ogg')), isHere },
        GENEROUS,
        never,
      );
      expect((await hear(decoded)).contents).toEqual(new Set(['speech']));
      expect(decoded.sha256 === undefined).toBe(isHere);
    }
  });

  it('has a length that is not known before, too', async () => {
    const { seconds, pieces } = await read(noteBytes('08-en.ogg'), GENEROUS, false);
    expect(seconds).toBeCloseTo(15.21, 1);
    expect(pieces.map(({ progress }) => progress).at(-1)).toBe(1);
  });

  it('in stereo, with a silent channel or not, is as long as in mono', async () => {
    const stereo = encoded(
      noteBytes('01-en.ogg'),
      'ogg',
      '-c:a',
      'libopus',
      '-af',
      'pan=stereo|c0=c0|c1=0*c0',
    );
    const { seconds, contents } = await read(stereo);
    expect(seconds).toBeCloseTo(3.36, 1);
    expect([...contents]).toEqual(['speech']);
  });

  it('has its index at the end, as phones write it', async () => {
    const phone = made('note.m4a', '-i', join(AUDIO, '08-en.ogg'), '-c:a', 'aac');
    expect(phone.indexOf('moov')).toBeGreaterThan(phone.indexOf('mdat'));
    const { seconds, format, contents } = await read(phone);
    expect(format).toBe('m4a');
    expect(seconds).toBeCloseTo(15.2, 1);
    expect([...contents]).toEqual(['speech']);
  });

  it.each([
    ['vorbis in ogg', 'ogg/vorbis', 'note.ogg', ['-c:a', 'libvorbis']],
    ['flac in ogg', 'ogg/flac', 'note.oga', ['-c:a', 'flac']],
    ['speex', 'ogg/speex', 'note.spx', ['-c:a', 'libspeex', '-ar', '16000']],
    ['aac', 'aac', 'note.aac', []],
    ['a film in matroska', 'mkv', 'note.mkv', ['-c:a', 'aac']],
    ['quicktime', 'mov', 'note.mov', ['-c:a', 'aac']],
    ['aiff', 'aiff', 'note.aiff', []],
    ['wma', 'wma', 'note.wma', []],
    ['avi', 'avi', 'note.avi', ['-c:a', 'mp3']],
    ['opus in surround', 'ogg/opus', 'note.opus', ['-ac', '6', '-c:a', 'libopus']],
  ])('in %s is read', async (_what, format, name, options) => {
    const bytes = made(name, '-i', join(AUDIO, '05-de.ogg'), ...options);
    const heard = await read(bytes);
    expect(heard.format).toBe(format);
    expect(Math.abs(heard.seconds - 6.43)).toBeLessThan(0.12);
    expect([...heard.contents]).toEqual(['speech']);
  });

  it('is heard in noise, behind music, and when it is very quiet', async () => {
    const { pieces } = await read(noteBytes('13-en.wav'));
    const speech = Float32Array.from(pieces[0]!.samples, (value) => value / 32_768);
    const hard = [
      mixed(speech, whiteNoise(4), 5),
      mixed(speech, whiteNoise(4), 0),
      mixed(speech, pianoMusic(4), 6),
      mixed(speech, keyboardClatter(4), 3),
      speech.map((value) => value * 0.01),
    ];
    for (const sound of hard) expect([...(await read(wavOf(sound))).contents]).toEqual(['speech']);
  });

  it('comes out equally loud, however loud it went in', async () => {
    const { pieces } = await read(noteBytes('13-en.wav'));
    const speech = Float32Array.from(pieces[0]!.samples, (value) => value / 32_768);
    const quiet = (await read(wavOf(speech.map((value) => value * 0.05)))).pieces[0]!.samples;
    const peak = (samples: Int16Array): number =>
      samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(peak(quiet) / peak(pieces[0]!.samples)).toBeCloseTo(1, 1);
  });
});

describe('what is no speech', () => {
  it.each([
    ['silence', silence(6), 'silence'],
    ['digital silence with a crackle', silence(6).map((_, i) => (i % 40_000 === 0 ? 0.0005 : 0)), 'silence'],
    ['white noise', whiteNoise(8), 'noise'],
    ['quiet white noise', whiteNoise(8, 0.004), 'noise'],
    ['keyboard clatter', keyboardClatter(8), 'noise'],
    ['a sine tone', sineTone(8), 'noise'],
    ['a low sine tone', sineTone(8, 180), 'noise'],
    ['piano music', pianoMusic(10), 'music'],
    ['an arpeggio', arpeggio(10), 'music'],
    ['a band', mixed(arpeggio(10), drums(10), 3), 'music'],
    ['drums alone', drums(10), 'noise'],
  ] as const)('%s', async (_what, sound, content) => {
    expect([...(await read(wavOf(sound))).contents]).toEqual([content]);
    expect([...(await read(oggOf(sound))).contents]).toEqual([content]);
  });

  it('a long silence is kept apart from what is said before and after it', async () => {
    const note = await read(noteBytes('13-en.wav'));
    const speech = Float32Array.from(note.pieces[0]!.samples, (value) => value / 32_768);
    const { pieces } = await read(wavOf(joined(silence(20), speech, silence(40), speech)));
    const spoken = pieces.filter(({ content }) => content === 'speech');
    expect(spoken).toHaveLength(2);
    expect(Math.abs(spoken[0]!.start - 20)).toBeLessThan(0.6);
    expect(Math.abs(spoken[1]!.start - 63.25)).toBeLessThan(0.6);
    for (const { samples } of spoken) expect(samples.length / 16_000).toBeLessThan(5);
    expect(pieces.filter(({ content }) => content === 'silence').length).toBeGreaterThan(1);
  });
});

describe('without ffmpeg', () => {
  const bench = benchForAll('/nonexistent');

  it('says so', async () => {
    expect(await bench.pool.ffmpegVersion()).toBeUndefined();
  });

  it.each(NOTES)('$file is decoded all the same', async ({ file, seconds }) => {
    const heard = await hear(await bench.reader.read(fileInput(join(AUDIO, file)), GENEROUS, never));
    expect(Math.abs(heard.seconds - seconds)).toBeLessThan(0.06);
    expect(heard.contents).toEqual(new Set(['speech']));
  });

  it('an index at the end is no hindrance, but the size is bounded', async () => {
    const phone = made('note.m4a', '-i', join(AUDIO, '08-en.ogg'), '-c:a', 'aac');
    expect((await hear(await bench.reader.read(streamInput(phone), GENEROUS, never))).seconds).toBeCloseTo(
      15.2,
      1,
    );
    const padding = Buffer.alloc(33 * 1024 * 1024);
    padding.writeUInt32BE(padding.length, 0);
    padding.write('free', 4);
    const large = bench.reader.read(streamInput(Buffer.concat([phone, padding])), GENEROUS, never).then(hear);
    await expect(large).rejects.toMatchObject({ code: 'media_too_large' });
  });

  it('what only ffmpeg can read is unsupported', async () => {
    const speex = made('note.spx', '-i', join(AUDIO, '01-en.ogg'), '-c:a', 'libspeex', '-ar', '16000');
    await expect(bench.reader.read(streamInput(speex), GENEROUS, never).then(hear)).rejects.toMatchObject({
      code: 'media_unsupported',
    });
  });
});
