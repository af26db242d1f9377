import { splitText } from './text-splitter';

describe('splitText', () => {
  it('leaves a text that fits as it is', () => {
    expect(splitText('  short  ', 10)).toEqual(['short']);
    expect(splitText('', 10)).toEqual([]);
  });

  it('prefers ends of sentences to ends of words', () => {
    expect(splitText('One two. Three four five', 15)).toEqual(['One two.', 'Three four five']);
    expect(splitText('One. Two three four five', 16)).toEqual(['One. Two three', 'four five']);
  });

  it('fills a chunk up to the last character', () => {
    expect(splitText('abcd efgh', 4)).toEqual(['abcd', 'efgh']);
  });

  it('loses no word of a long text', () => {
    const words = Array.from({ length: 3000 }, (_, n) => `word${n}${n % 9 === 0 ? '.' : ''}`);
    const chunks = splitText(words.join(' '), 2000);
    expect(chunks.every((chunk) => chunk.length <= 2000)).toBe(true);
    expect(chunks.join(' ').split(' ')).toEqual(words);
  });

  it('never cuts within a character, however it is composed', () => {
    const family = '👨‍👩‍👧‍👦';
    const chunks = splitText(family.repeat(40), 50);
    expect(chunks.join('')).toBe(family.repeat(40));
    expect(chunks.every((chunk) => chunk.length % family.length === 0)).toBe(true);
  });

  it('cuts a word only when it is too long by itself', () => {
    expect(splitText('a bcdefghij k', 4)).toEqual(['a', 'bcde', 'fghi', 'j k']);
  });

  it('measures as it is told, for instance after escaping', () => {
    const chunks = splitText('* * * * * *', 5, (text) => text.replaceAll('*', '\\*').length);
    expect(chunks).toEqual(['* *', '* *', '* *']);
  });
});
