import { spawnSync } from 'node:child_process';
import type OpenAI from 'openai';
import { cuesOf } from './cues';
import { LINE_WIDTH, widthOf } from './reading-lines';
import { Segment, Transcript, Word, textOf } from './transcript';
import { FORMATS, formatTranscript } from './transcript-formats';
import { VerboseJson } from './verbose-json';

interface ParsedCue {
  start: number;
  end: number;
  lines: string[];
}

const TIME = String.raw`(\d{2,}):([0-5]\d):([0-5]\d)[.,](\d{3})`;
const TIMES = new RegExp(`^${TIME} --> ${TIME}$`);

describe('transcript formats', () => {
  const talk = spoken([
    'The train to the station leaves at eleven, so please be there nine minutes early, and bring the three white flowers.',
    'Thank you, Peter.',
    'Donaudampfschifffahrtsgesellschaftskapitän is one word.',
  ]);

  describe.each(['srt', 'vtt'] as const)('%s', (format) => {
    const cues = parse(format, formatTranscript(talk, format));

    it('keeps every word, whole and in order', () => {
      expect(words(cues)).toEqual(talk.text.split(' '));
    });

    it('breaks lines for reading', () => {
      for (const { lines } of cues) {
        expect(lines.length).toBeLessThanOrEqual(2);
        for (const line of lines) {
          expect(line.length).toBeLessThanOrEqual(LINE_WIDTH);
        }
      }
    });

    it('shows every cue long enough, none too long, and one at a time', () => {
      for (const [index, { start, end }] of cues.entries()) {
        expect(end - start).toBeGreaterThanOrEqual(1);
        expect(end - start).toBeLessThanOrEqual(7);
        expect(cues[index + 1]?.start ?? Infinity).toBeGreaterThanOrEqual(end);
      }
    });

    it('is understood by ffmpeg', () => {
      expect(throughFfmpeg(format, formatTranscript(talk, format))).toEqual(cues);
    });

    it('says nothing that could be taken for a time line, a tag or the end of a cue', () => {
      const hostile =
        '1\n\n00:00:00.000 --> 00:00:09.000\r\n<b>Tom</b> & <v Bob> said\u2028"-->"\u0000 \ud800!\n\nNOTE x';
      const file = formatTranscript(spoken([hostile]), format);
      const cues = parse(format, file);
      expect(words(cues).join(' ')).toContain('Bob');
      expect(file.match(/-->/g)).toHaveLength(cues.length);
      expect(throughFfmpeg(format, file)).toHaveLength(cues.length);
    });

    it('is an empty file of its kind for an empty transcript', () => {
      expect(formatTranscript(spoken([]), format)).toBe(format === 'vtt' ? 'WEBVTT\n' : '');
    });
  });

  it('goes by the words where they have times, and leaves the screen empty in a pause', () => {
    const segment: Segment = {
      ...said('Hello there. Goodbye now.', 0, 10),
      words: [
        timed('Hello', 0.2, 0.5),
        timed('there.', 0.5, 1),
        timed('Goodbye', 8, 8.5),
        timed('now.', 8.5, 9),
      ],
    };
    expect(cuesOf([segment])).toEqual([
      { start: 0.2, end: 1.2, lines: ['Hello there.'] },
      { start: 8, end: 9, lines: ['Goodbye now.'] },
    ]);
  });

  it('breaks text without spaces between words, never within one', () => {
    const text =
      '東京特許許可局局長は今日急遽休暇許可を拒否しました。「明日また来てください」と彼は静かに言いました。';
    const cues = cuesOf([{ ...said(text, 0, 8), language: 'ja' }]);
    expect(cues.flatMap(({ lines }) => lines).join('')).toBe(text);
    for (const line of cues.flatMap(({ lines }) => lines)) {
      expect(widthOf(line)).toBeLessThanOrEqual(LINE_WIDTH);
      expect(line).not.toMatch(/^[。」、]/);
    }
  });

  it('never splits an emoji or a letter with its accents', () => {
    const text = Array.from({ length: 30 }, () => '👩‍👩‍👧‍👦 e\u0301te\u0301').join(' ');
    const lines = cuesOf([said(text, 0, 60)]).flatMap((cue) => cue.lines);
    expect(lines.join(' ')).toBe(text);
  });

  it('keeps order and a moment each for words whose times are missing or wrong', () => {
    const broken = [said('One.', 5, 5), said('Two.', 3, Number.NaN), said('Three.', -1, 2)];
    const cues = cuesOf(broken);
    expect(words(cues)).toEqual(['One.', 'Two.', 'Three.']);
    for (const [index, { start, end }] of cues.entries()) {
      expect(end).toBeGreaterThan(start);
      expect(cues[index + 1]?.start ?? Infinity).toBeGreaterThanOrEqual(end);
    }
  });

  it('counts hours beyond a day', () => {
    expect(
      formatTranscript(transcriptOf([said('Late.', 100 * 3600 + 59.9996, 100 * 3600 + 62)]), 'srt'),
    ).toBe('1\n100:01:00,000 --> 100:01:02,000\nLate.\n');
  });

  describe('txt', () => {
    it('begins a paragraph after a pause', () => {
      const segments = [said('One', 0, 1), said('two.', 1.4, 2), said('Three.', 3.5, 4), said('', 9, 10)];
      const long = { ...transcriptOf(segments), seconds: 60 };
      expect(formatTranscript(long, 'txt')).toBe('One two.\n\nThree.\n');
    });

    it('is one paragraph where the note is short', () => {
      const segments = [said('One two.', 0, 1), said('Three.', 3.5, 4)];
      expect(formatTranscript(transcriptOf(segments), 'txt')).toBe('One two. Three.\n');
    });

    it('lets nobody be cut off in the middle of a sentence', () => {
      const segment: Segment = {
        ...said('I think so.', 0, 9),
        words: [timed('I', 0, 0.2), timed('think', 3, 4), timed('so.', 8, 9)],
      };
      expect(formatTranscript({ ...transcriptOf([segment]), seconds: 60 }, 'txt')).toBe('I think so.\n');
    });

    it('is the plain text where there are no segments, and empty where there is nothing', () => {
      expect(formatTranscript({ ...transcriptOf([]), text: ' Corrected. ' }, 'txt')).toBe('Corrected.\n');
      expect(formatTranscript(transcriptOf([]), 'txt')).toBe('');
    });
  });

  describe('json', () => {
    it("has the shape of OpenAI's verbose_json, with words and confidence", () => {
      const segment = {
        ...said('Hi Bob.', 0.1234, 1),
        words: [timed('Hi', 0.1234, 0.5), timed('Bob.', 0.5, 1)],
      };
      const transcript: Transcript = { ...transcriptOf([segment]), language: 'en', seconds: 1.50001 };
      const file = JSON.parse(formatTranscript(transcript, 'json', 'translate')) as VerboseJson;
      const own: OpenAI.Audio.TranscriptionVerbose = { ...file, language: file.language ?? '' };
      const decoding = { seek: 0, tokens: [], temperature: 0, no_speech_prob: 0, avg_logprob: Math.log(0.9) };
      expect(own.segments).toMatchObject([{ ...decoding, compression_ratio: expect.any(Number) as number }]);
      expect(file).toMatchObject({
        task: 'translate',
        language: 'en',
        duration: 1.5,
        text: 'Hi Bob.',
        segments: [{ id: 0, start: 0.123, end: 1, text: 'Hi Bob.', confidence: 0.9 }],
        words: [
          { word: 'Hi', start: 0.123, end: 0.5, confidence: 0.8 },
          { word: 'Bob.', start: 0.5, end: 1, confidence: 0.8 },
        ],
      });
    });

    it('says so when nothing was said', () => {
      expect(JSON.parse(formatTranscript(transcriptOf([]), 'json'))).toEqual({
        task: 'transcribe',
        language: null,
        duration: 0,
        text: '',
        segments: [],
      });
    });
  });

  it('takes an hour of speech in every format without delay', () => {
    const hour = spoken(
      Array.from({ length: 600 }, (_, n) => `Sentence number ${n} has some more words, too.`),
    );
    const begun = performance.now();
    for (const format of FORMATS) expect(formatTranscript(hour, format).length).toBeGreaterThan(10_000);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

/** One segment after the other, at a speaker's pace. */
function spoken(texts: string[]): Transcript {
  let start = 0;
  return transcriptOf(
    texts.map((text) => {
      const segment = said(text, start, start + Math.max(1, text.length / 15));
      start = segment.end + 0.2;
      return segment;
    }),
  );
}

function transcriptOf(segments: Segment[]): Transcript {
  return { text: textOf(segments), languageDetected: false, segments, seconds: segments.at(-1)?.end ?? 0 };
}

function said(text: string, start: number, end: number): Segment {
  return { text, start, end, confidence: 0.9 };
}

function timed(text: string, start: number, end: number): Word {
  return { text, start, end, confidence: 0.8 };
}

function words(cues: { lines: string[] }[]): string[] {
  return cues.flatMap(({ lines }) => lines).flatMap((line) => line.split(' '));
}

/** Strictly by the book; throws on anything that is not. */
function parse(format: 'srt' | 'vtt', file: string): ParsedCue[] {
  if (format === 'vtt' && !file.startsWith('WEBVTT\n\n')) throw new Error('no header');
  const body = format === 'vtt' ? file.slice('WEBVTT\n\n'.length) : file;
  return body
    .replace(/\n$/, '')
    .split('\n\n')
    .map((block, index) => {
      const lines = block.split('\n');
      if (format === 'srt' && lines.shift() !== String(index + 1)) throw new Error(`no number: ${block}`);
      const times = TIMES.exec(lines.shift() ?? '')
        ?.slice(1)
        .map(Number);
      if (!times || lines.length === 0 || lines.some((line) => line.trim() === '')) throw new Error(block);
      return { start: secondsOf(times.slice(0, 4)), end: secondsOf(times.slice(4)), lines };
    });
}

function secondsOf([hours = 0, minutes = 0, seconds = 0, milliseconds = 0]: number[]): number {
  return hours * 3600 + minutes * 60 + seconds + milliseconds / 1000;
}

/** An independent reader: what ffmpeg understood, written by ffmpeg. */
function throughFfmpeg(format: 'srt' | 'vtt', file: string): ParsedCue[] {
  const demuxer = format === 'vtt' ? 'webvtt' : 'srt';
  const { stdout, stderr, status } = spawnSync(
    'ffmpeg',
    ['-v', 'error', '-f', demuxer, '-i', 'pipe:0', '-c:s', 'text', '-f', 'srt', 'pipe:1'],
    { input: file, encoding: 'utf8' },
  );
  if (status !== 0 || stderr !== '') throw new Error(stderr);
  return parse('srt', stdout.replaceAll('\r', '').trimEnd());
}
