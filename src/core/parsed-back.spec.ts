import { parseSync } from 'subtitle';
import { LINE_WIDTH } from './reading-lines';
import { Segment, Transcript, textOf } from './transcript';
import { formatTranscript } from './transcript-formats';

interface VttTree {
  cues: { startTime: number; endTime: number; text: string }[];
  errors: { message: string }[];
}
const { WebVTTParser } = jest.requireActual<{ WebVTTParser: new () => { parse(text: string): VttTree } }>(
  'webvtt-parser',
);

interface Cue {
  start: number;
  end: number;
  text: string;
}

const PARSERS: Record<'srt' | 'vtt', (file: string) => Cue[]> = {
  srt: (file) =>
    parseSync(file).flatMap((node) =>
      node.type === 'cue'
        ? [{ start: node.data.start / 1000, end: node.data.end / 1000, text: node.data.text }]
        : [],
    ),
  vtt: (file) => {
    const { cues, errors } = new WebVTTParser().parse(file);
    expect(errors).toEqual([]);
    return cues.map(({ startTime, endTime, text }) => ({
      start: startTime,
      end: endTime,
      text: text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
    }));
  },
};

const LONG = 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz'.repeat(2);
const TALKS: readonly [what: string, texts: string[]][] = [
  ['plain speech', ['The train leaves at eleven, so be there early.', 'Thank you, Peter.']],
  ['words longer than a line', [`They call it ${LONG} here.`, '語'.repeat(120)]],
  [
    'what looks like a time line or a tag',
    ['1 --> 2 <b>Tom</b> & <v Bob> 00:01.000 --> 00:02.000', 'NOTE x'],
  ],
  ['a number alone, and empty words', ['42', '', '7']],
];
const TIMES: readonly [what: string, at: (index: number) => [number, number]][] = [
  ['one after the other', (index) => [index * 8, index * 8 + 7.5]],
  ['overlapping', (index) => [index * 2, index * 2 + 9]],
  ['all at once', () => [5, 5]],
];

describe.each(['srt', 'vtt'] as const)('%s as an independent parser reads it', (format) => {
  describe.each(TIMES)('with times that are %s', (_, at) => {
    it.each(TALKS)('has %s', (_what, texts) => {
      const segments = texts.map((text, index): Segment => {
        const [start, end] = at(index);
        return { start, end, text, confidence: 0.9 };
      });
      const talk: Transcript = { text: textOf(segments), languageDetected: false, segments, seconds: 40 };
      const cues = PARSERS[format](formatTranscript(talk, format));
      const letters = (text: string): string => text.replaceAll('-->', '→').replace(/\s+/g, '');
      expect(letters(cues.map(({ text }) => text).join(''))).toBe(letters(talk.text));
      let free = 0;
      for (const { start, end, text } of cues) {
        expect(start).toBeGreaterThanOrEqual(free);
        expect(end - start).toBeGreaterThan(0.09);
        expect(end - start).toBeLessThanOrEqual(7.01);
        free = end;
        const lines = text.split('\n');
        expect(lines.length).toBeLessThanOrEqual(2);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(LINE_WIDTH);
      }
    });
  });
});
