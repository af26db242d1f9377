import { DOUBT_BEGIN, DOUBT_END, Doubts, doubtsOf, writeMarked } from './doubts';
import { Segment, Word, textOf } from './transcript';

const segment = (...words: [text: string, confidence: number][]): Segment => {
  const all = words.map(([text, confidence], index): Word => ({
    text,
    confidence,
    start: index,
    end: index + 1,
  }));
  const text = all.map((word) => word.text).join(' ');
  return { start: 0, end: all.length, text, confidence: 0.9, words: all };
};
const shown = ({ marked }: Doubts): string =>
  writeMarked(
    marked,
    (text) => text.replaceAll('*', '\\*'),
    (text) => `*${text}*`,
  );
const doubts = (segments: Segment[], text = textOf(segments)): Doubts => doubtsOf({ text, segments });

describe('doubtful words', () => {
  it('are marked one by one, where they stand', () => {
    const said = [
      segment(['Bring', 0.9], ['the', 0.8], ['kettle,', 0.3]),
      segment(['the', 0.2], ['big', 0.9], ['green', 0.9], ['one.', 0.9]),
    ];
    expect(doubts(said).extent).toBe('some');
    expect(shown(doubts(said))).toBe('Bring the *kettle,* *the* big green one.');
  });

  it('are not marked where nearly all of it is in doubt: then the whole is', () => {
    const said = [segment(['Bring', 0.2], ['the', 0.8], ['kettle', 0.3])];
    expect(doubts(said)).toEqual({ marked: 'Bring the kettle', extent: 'whole' });
    const wordless = { ...segment(['Bring', 0.2]), words: undefined, confidence: 0.2 };
    expect(doubts([wordless]).extent).toBe('whole');
  });

  it('are none where the engine is sure, does not say, or somebody has corrected the text', () => {
    const sure = [segment(['Bring', 0.9], ['it', 0.9])];
    const silent = [segment(['Bring', 0], ['it', 0])];
    for (const said of [sure, silent, [], [{ ...segment(['Bring', 0.9]), words: undefined, confidence: 0 }]])
      expect(doubts(said)).toEqual({ marked: textOf(said), extent: 'none' });
    const unsure = [segment(['Bring', 0.1])];
    const corrected = { by: 'author' as const, at: new Date() };
    expect(doubtsOf({ text: 'Sing', segments: unsure, corrected }).extent).toBe('none');
  });

  it('keep every word of a text that says something else, and what looks like a mark is none', () => {
    const said = [segment(['one', 0.9], ['two', 0.1], ['three', 0.9], ['four', 0.9])];
    expect(shown(doubts(said, 'one 2 three four'))).toBe('one 2 three four');
    expect(shown(doubts(said, `one ${DOUBT_BEGIN}two* three${DOUBT_END}`))).toBe('one *two*\\* three');
  });

  it('can be cut anywhere', () => {
    const write = (marked: string): string =>
      writeMarked(
        marked,
        (text) => text,
        (text) => `*${text}*`,
      );
    expect(write(`a ${DOUBT_BEGIN}half`)).toBe('a *half*');
    expect(write(`half${DOUBT_END} a`)).toBe('half a');
  });
});
