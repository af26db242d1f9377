import { I18nextPhrasebook } from '../../../locales/i18next.phrasebook';
import { suggestLanguages } from './language-suggestions';

const phrasebook = new I18nextPhrasebook();
const values = (typed: string, locale = 'en-US') =>
  suggestLanguages(typed, locale, phrasebook).map(({ value }) => value);

describe('language suggestions', () => {
  it('begin with what is common', () => {
    const all = values('');
    expect(all).toHaveLength(25);
    expect(all.slice(0, 3)).toEqual(['auto', 'en', 'de']);
  });

  it('know codes, and names in three languages', () => {
    expect(values('de')[0]).toBe('de');
    expect(values('ger')).toEqual(['de']);
    expect(values('Deut', 'fr')).toEqual(['de']);
    expect(values('alle', 'fr')).toContain('de');
    expect(values('日本')).toEqual(['ja']);
    expect(values('creole')).toEqual(['ht']);
    expect(values(' Yor ')).toEqual(['yo']);
    expect(values('selbst', 'de')).toEqual(['auto']);
    expect(values('no such language')).toEqual([]);
    expect(values('(')).toEqual([]);
  });

  it('are named in the language of the user', () => {
    expect(suggestLanguages('ger', 'de', phrasebook)).toEqual([{ name: 'Deutsch', value: 'de' }]);
  });
});
