import { readFileSync, globSync } from 'node:fs';
import { Test } from '@nestjs/testing';
import { ERROR_CODES } from '../core/errors';
import { Phrasebook } from '../core/phrasebook';
import { CATALOGUES } from './index';
import { placeholders } from './i18next.phrasebook';
import { LocalesModule } from './locales.module';

/** Every phrase by its whole key. */
function phrasesOf(catalogue: object, path: string[] = []): Map<string, string> {
  return new Map(
    Object.entries(catalogue).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'string'
        ? [[[...path, key].join('.'), value] as const]
        : [...phrasesOf(value as object, [...path, key])],
    ),
  );
}

const { en, de } = CATALOGUES;
const { errors: spelt, ...others } = en;
const english = phrasesOf(others);
const { errors, ...rest } = de;
const german = phrasesOf(rest);

describe('the catalogues', () => {
  let phrasebook: Phrasebook;
  beforeAll(async () => {
    const module = await Test.createTestingModule({ imports: [LocalesModule] }).compile();
    phrasebook = module.get(Phrasebook);
  });

  it('have the same keys with the same placeholders', () => {
    expect([...german.keys()]).toEqual([...english.keys()]);
    for (const [key, phrase] of english) {
      expect([key, placeholders(german.get(key) ?? '').sort()]).toEqual([key, placeholders(phrase).sort()]);
    }
  });

  it('have no blank and no untranslated sentence', () => {
    for (const [key, phrase] of english) {
      expect([key, phrase.trim(), german.get(key)?.trim()]).toEqual([key, phrase, german.get(key)]);
      expect(phrase).not.toBe('');
      // Names of commands and of what they are called everywhere stay.
      if (phrase.includes(' ') && key !== 'answer.footer')
        expect([key, german.get(key)]).not.toEqual([key, phrase]);
    }
  });

  it('have every plural in every form that the language needs', () => {
    for (const [locale, phrases] of [
      ['en', english],
      ['de', german],
    ] as const) {
      const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
      const plurals = [...phrases.keys()].filter((key) => /_(zero|one|two|few|many|other)$/.test(key));
      const stems = new Set(plurals.map((key) => key.replace(/_\w+$/, '')));
      expect(plurals.sort()).toEqual(
        [...stems].flatMap((stem) => forms.map((form) => `${stem}_${form}`)).sort(),
      );
    }
  });

  it('have every error in German, from its most detailed sentence to one without values', () => {
    expect(Object.keys(errors).sort()).toEqual([...ERROR_CODES].sort());
    for (const sentences of Object.values(errors)) {
      expect(placeholders(sentences.at(-1) ?? '{{none}}')).toEqual([]);
      const values = sentences.map((sentence) => placeholders(sentence).length);
      expect(values).toEqual([...values].sort((a, b) => b - a));
    }
  });

  it('have those errors in English that name a time, as the platforms write it', () => {
    const namesTime = (sentences: readonly string[]): boolean =>
      sentences.some((sentence) => placeholders(sentence).includes('retryAt'));
    const named = Object.entries(errors).filter(([, sentences]) => namesTime(sentences));
    expect(Object.keys(spelt)).toEqual(named.map(([code]) => code));
    for (const [code, [sentence = '']] of Object.entries(spelt)) {
      const [german = ''] = errors[code as keyof typeof spelt];
      expect(placeholders(sentence).sort()).toEqual(placeholders(german).sort());
    }
  });

  it('keep to what Discord takes for commands and buttons', () => {
    for (const [key, phrase] of [...english, ...german]) {
      if (/^commands\..*\.name$/.test(key)) expect(phrase).toMatch(/^[-_\p{Ll}\p{N}]{1,32}$/u);
      if (/^commands\..*\.description$/.test(key)) expect(phrase.length).toBeLessThanOrEqual(100);
      if (/^commands\.menu\./.test(key)) expect(phrase.length).toBeLessThanOrEqual(32);
      if (/^buttons\./.test(key)) expect(phrase.length).toBeLessThanOrEqual(40);
    }
  });

  it('have every phrase that the code asks for', () => {
    const asked = globSync('src/**/*.ts', { exclude: ['**/*.spec.ts'] }).flatMap((file) =>
      [
        ...readFileSync(file, 'utf8').matchAll(
          /'((?:answer|buttons|retry|deleted|consent|settings|limits|status|help|commands|presence|fix|glossary)\.(?!read|change|txt)[\w.]+)'/g,
        ),
      ].map(([, key = '']) => key),
    );
    expect(asked).toContain('answer.listening');
    const known = new Set([...english.keys()].flatMap((key) => [key, key.replace(/_(one|other)$/, '')]));
    expect(asked.filter((key) => !known.has(key))).toEqual([]);
  });

  describe('as spoken', () => {
    it('choose the nearest language', () => {
      const say = (locale?: string) => phrasebook.say(locale, 'buttons.delete');
      expect(['de', 'de-AT', 'de_CH', 'DE'].map(say)).toEqual(Array(4).fill('Löschen'));
      expect([undefined, '', 'en-GB', 'fr', 'not a tag', '__proto__'].map(say)).toEqual(
        Array(6).fill('Delete'),
      );
    });

    it('put numbers, plurals and times as the language does', () => {
      expect(phrasebook.say('en', 'consent.erased', { count: 1 })).toBe('1 transcript was erased.');
      expect(phrasebook.say('en', 'consent.erased', { count: 1234 })).toBe('1,234 transcripts were erased.');
      expect(phrasebook.say('de', 'consent.erased', { count: 1234 })).toBe('1.234 Texte wurden gelöscht.');
      expect(phrasebook.say('de', 'consent.erased', { count: 0 })).toBe('0 Texte wurden gelöscht.');
    });

    it('put values in as they are, whatever they look like', () => {
      const name = '$t(buttons.delete) {{name}} <b> &amp; lng';
      expect(phrasebook.say('en', 'answer.asked', { name })).toBe(`Asked for by ${name}`);
      expect(phrasebook.say('en', 'answer.asked', { name: 'x', lng: 'de', context: 'y' })).toBe(
        'Asked for by x',
      );
    });

    it('translate errors with as many values as there are', () => {
      const retryAt = '2026-03-04T17:05:00.000Z';
      const error = { code: 'quota_audio_minutes', message: 'In English.' } as const;
      expect(phrasebook.error('en', { ...error, params: { limit: 1 } })).toBe('In English.');
      expect(phrasebook.error('en', { ...error, params: { limit: 240, retryAt } })).toMatch(
        /240 minutes .* again at Mar 4, 5:05.PM UTC\./,
      );
      const written = { limit: 240, retryAt: '<t:1772643900:R>' };
      expect(phrasebook.error('en', { ...error, params: written })).toContain('again at <t:1772643900:R>.');
      expect(phrasebook.error('fr', error)).toBe('In English.');
      expect(phrasebook.error('de', { ...error, params: { limit: 240, retryAt } })).toMatch(
        /240 Minuten .* Ab 4\. März.* 17:05 UTC geht/,
      );
      expect(phrasebook.error('de', { ...error, params: { limit: 240 } })).toMatch(
        /länger als die 240 Minuten/,
      );
      expect(phrasebook.error('de', error)).toMatch(/für heute verbraucht/);
    });

    it('give all translations to platforms that choose by themselves', () => {
      expect(phrasebook.all('commands.menu.transcribe')).toEqual({ de: 'Transkribieren' });
      expect(phrasebook.all('commands.none')).toEqual({});
    });
  });
});
