import { HarkError } from './errors';
import { isLanguage, languageName, LANGUAGES, parseLanguage } from './languages';

function refusal(input: string): HarkError {
  try {
    parseLanguage(input);
  } catch (error) {
    if (error instanceof HarkError) return error;
  }
  throw new Error(`${input} was taken`);
}

describe('languages', () => {
  it('are 99, each once, and every name leads to its own code', () => {
    expect(new Set(LANGUAGES.map(({ code }) => code)).size).toBe(99);
    for (const { code, englishName, ownName } of LANGUAGES) {
      expect([code, code.toUpperCase(), englishName, ownName, ` ${ownName} `].map(parseLanguage)).toEqual(
        Array(5).fill(code),
      );
    }
  });

  it.each([
    ['auto', 'auto'],
    [' AUTO', 'auto'],
    ['de-AT', 'de'],
    ['pt_BR', 'pt'],
    ['zh-Hant', 'zh'],
    ['nb', 'no'],
    ['jv', 'jw'],
    ['Farsi', 'fa'],
    ['FRANÇAIS', 'fr'],
    ['français'.normalize('NFD'), 'fr'],
  ])('takes %s as %s', (input, code) => {
    expect(parseLanguage(input)).toBe(code);
  });

  it.each([
    ['Germna', 'German'],
    ['deutch', 'Deutsch'],
    ['Portugese', 'Portuguese'],
    ['englisch', 'English'],
    ['spansh', 'Spanish'],
  ])('refuses %s and suggests %s', (input, suggestion) => {
    const error = refusal(input);
    expect(error).toMatchObject({ code: 'language_unknown', retryable: false, params: { suggestion } });
    expect(error.userMessage).toContain(`"${suggestion}"`);
  });

  it.each(['', 'klingon', '123', 'de-', 'x'.repeat(100_000), '__proto__', 'constructor'])(
    'refuses what is none, no. %#',
    (input) => {
      const error = refusal(input);
      expect(error.userMessage).not.toContain('undefined');
      expect(error.userMessage.length).toBeLessThan(120);
    },
  );

  it('tells codes from other words', () => {
    expect(['de', 'haw', 'yi'].every(isLanguage)).toBe(true);
    expect(['auto', 'German', 'xx', 'DE', ''].some(isLanguage)).toBe(false);
  });

  it('names them in the reader’s language', () => {
    expect(languageName('de')).toBe('German');
    expect(languageName('de', 'de')).toBe('Deutsch');
    expect(languageName('jw', 'de-AT')).toBe('Javanisch');
    expect(languageName('de', 'not a locale')).toBe('German');
    expect(languageName('xx', 'de')).toBe('xx');
  });
});
