import { pieces } from './found-words';

const marked = (text: string, words: string): string =>
  pieces(text, words)
    .map(({ text: piece, found }) => (found ? `[${piece}]` : piece))
    .join('');

describe('words that were searched for', () => {
  it.each([
    ['Bring the white flowers.', 'white FLOWERS', 'Bring the [white] [flowers].'],
    ['Whiteness is not it.', 'white', 'Whiteness is not it.'],
    ['Größe und Gruß', 'größe', '[Größe] und Gruß'],
    ['Nothing is asked', '  ', 'Nothing is asked'],
    ['a.b (c)', '.* (', 'a.b (c)'],
    ['', 'word', ''],
  ])('are marked in %j', (text, words, expected) => expect(marked(text, words)).toBe(expected));

  it('are brought into sight where they stand far back', () => {
    const text = `${'word '.repeat(40)}kettle at last`;
    expect(marked(text, 'kettle')).toMatch(/^… (word ){5,9}\[kettle\] at last$/);
  });
});
