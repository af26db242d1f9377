import { clockOf, conversationSubtitles, conversationText } from './spoken-lines';

const said = (name: string, start: number, text: string) => ({
  speaker: { id: name, name },
  start,
  end: start + 2,
  text,
  segments: [{ start, end: start + 2, text, confidence: 1 }],
});
const lines = [said('Ben', 65, 'Well --> yes.'), said('Anna', 3, 'Hello\nthere.')];

describe('a conversation as a file', () => {
  it('is read as who said what when', () => {
    expect(conversationText(lines)).toBe('[0:03] Anna: Hello there.\n[1:05] Ben: Well --> yes.\n');
  });

  it('is shown as subtitles with names', () => {
    expect(conversationSubtitles(lines)).toBe(
      '1\n00:00:03,000 --> 00:00:05,000\nAnna: Hello there.\n\n2\n00:01:05,000 --> 00:01:07,000\nBen: Well → yes.\n',
    );
  });

  it('has hours where it takes hours', () => {
    expect([0, 59.9, 600, 3_723].map(clockOf)).toEqual(['0:00', '0:59', '10:00', '1:02:03']);
  });
});
