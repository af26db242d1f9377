import { FoundPassage, foundPassage, wordsIn } from './found-passage';
import { Segment } from './transcript';

const segment = (start: number, text: string, words?: Segment['words']): Segment => ({
  start,
  end: start + 2,
  text,
  confidence: 1,
  ...(words && { words }),
});

const shown = ({ pieces }: FoundPassage): string =>
  pieces.map(({ text, found }) => (found ? `[${text}]` : text)).join('');

describe('the passage of a search', () => {
  const find = (text: string, searched: string, segments: Segment[] = []): FoundPassage =>
    foundPassage({ text, segments }, searched);

  it('marks words as the search index finds them: in any case, with and without their marks', () => {
    expect(shown(find('Grüße aus Köln, KÖLN!', 'koln'))).toBe('Grüße aus [Köln], [KÖLN]!');
    expect(shown(find('Ko\u0308ln und Kölner', 'Köln'))).toBe('[Ko\u0308ln] und Kölner');
    expect(shown(find('Send e-mails, not letters.', 'e-mails "letters"'))).toBe(
      'Send [e]-[mails], not [letters].',
    );
    expect(shown(find('nothing of it', 'kettle'))).toBe('nothing of it');
    expect(wordsIn('  "*" ()')).toEqual([]);
  });

  it('shows the stretch with the most of the words, cut between words', () => {
    const filler = 'some more words that nobody looks for '.repeat(12);
    const passage = find(`a kettle ${filler} the kettle by the river ${filler}`, 'river kettle');
    expect(shown(passage)).toMatch(/^… .*the \[kettle\] by the \[river\] some.* …$/);
    const lengths = passage.pieces.map(({ text }) => text.length);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThan(270);
    expect(shown(passage)).toMatch(/^… \S+ .* \w+ …$/);
  });

  it('stays short where there are no words to cut between, and cuts no character', () => {
    for (const text of [`x${'\u{1F600}'.repeat(900)} kettle`, 'k'.repeat(9_000), '語'.repeat(9_000)]) {
      const passage = find(`${text} kettle ${text}`, `kettle ${'k'.repeat(9_000)}`);
      const all = passage.pieces.map((piece) => piece.text).join('');
      expect([all.length < 400, all.isWellFormed()]).toEqual([true, true]);
    }
  });

  it('knows when it was said: the word, else the segment', () => {
    const words = ['the', 'kettle', 'sings'].map((text, index) => ({
      text,
      start: 10 + index,
      end: 11 + index,
      confidence: 1,
    }));
    const text = 'a kettle. the kettle sings';
    const segments = [segment(3, 'a kettle.'), segment(10, 'the kettle sings', words)];
    expect(find(text, 'kettle', segments).at).toBe(3);
    expect(find(text, 'kettle sings', [segments[1] as Segment]).at).toBe(11);
    expect(find(text, 'sings', segments).at).toBe(12);
  });

  it('says no time when the text has been corrected to words that were not heard', () => {
    expect(find('the kettle', 'kettle', [segment(3, 'the cattle')]).at).toBeUndefined();
  });
});
