import { PROMPT_TOKENS, glossaryPrompt, tokensAtMost } from './glossary-prompt';
import { LONGEST_TERM, termsIn } from './glossary-term';

describe('a term', () => {
  it('is stored on one line, once, without what is not seen', () => {
    expect(termsIn('Köln, Ada  Lovelace\nzoë; ZOË')).toEqual(['Köln', 'Ada Lovelace', 'ZOË']);
    expect(termsIn('a\u202eb\u0000c\ufeff\u200b')).toEqual(['a b c']);
    expect(termsIn('C++, R2-D2, O’Brien & Söhne, 東京, क्‍ष')).toHaveLength(5);
  });

  it.each([
    ['', 'nothing'],
    [' ,\n', 'nothing'],
    ['!!!', 'no letter'],
    ['x'.repeat(LONGEST_TERM + 1), 'too long'],
    ['<@123>', 'a mention'],
    ['hey @everyone', 'a mention of all'],
    ['<|endoftext|>', 'a mark of the model’s'],
    ['https://example.org', 'a link'],
    ['fine, <!here>', 'one of several'],
  ])('is not %j: %s', (typed) => {
    expect(() => termsIn(typed)).toThrow('term_invalid');
  });
});

describe('the engine’s prompt', () => {
  it('has the newest term last, and what the asker says after it', () => {
    expect(glossaryPrompt(['Zoë', 'Köln'])).toEqual({ prompt: 'Köln, Zoë.', used: ['Zoë', 'Köln'] });
    expect(glossaryPrompt(['Zoë'], 'About Ada.').prompt).toBe('Zoë. About Ada.');
    expect(glossaryPrompt([], 'About Ada.').prompt).toBe('About Ada.');
    expect(glossaryPrompt([])).toEqual({ prompt: undefined, used: [] });
  });

  it('never has more than the engine looks at, and leaves the oldest out', () => {
    const terms = Array.from({ length: 200 }, (_, index) => `Name Number ${index}`);
    const { prompt = '', used } = glossaryPrompt(terms, 'own words');
    expect(used).toEqual(terms.slice(0, used.length));
    expect(used.length).toBeGreaterThan(10);
    expect(prompt.endsWith('Name Number 0. own words')).toBe(true);
    expect(tokensAtMost(prompt)).toBeLessThanOrEqual(PROMPT_TOKENS);
    expect(glossaryPrompt(terms, 'x'.repeat(1_000))).toEqual({ prompt: 'x'.repeat(1_000), used: [] });
  });

  it('counts a token for every byte of other scripts', () => {
    expect([tokensAtMost('ab cd'), tokensAtMost('東京'), tokensAtMost('Köln')]).toEqual([2, 6, 5 - 1]);
  });
});
