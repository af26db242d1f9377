import { createInstance, i18n } from 'i18next';
import { Injectable } from '@nestjs/common';
import { JobError } from '../core/job';
import { Phrasebook } from '../core/phrasebook';
import { CATALOGUES } from './index';

type Params = Record<string, string | number | Date>;

/** The catalogues, spoken by i18next: its plurals, its placeholders, numbers and times as each language writes them. */
@Injectable()
export class I18nextPhrasebook extends Phrasebook {
  readonly locales = Object.keys(CATALOGUES);
  private readonly fallback = this.locales[0] as keyof typeof CATALOGUES;
  private readonly i18n = this.open();

  say(locale: string | undefined, key: string, params: Params = {}): string {
    // `replace` keeps a parameter from being taken for an option of i18next.
    return this.i18n.t(key, { lng: this.nearest(locale), replace: params, count: countOf(params) });
  }

  error(locale: string | undefined, { code, message, params = {} }: JobError): string {
    const lng = this.nearest(locale);
    // From the most detailed sentence to the plainest: an error does not always know every value.
    const sentences: unknown = this.i18n.getResource(lng, 'translation', `errors.${code}`);
    if (!Array.isArray(sentences)) return message;
    const place = sentences.findIndex((sentence) =>
      placeholders(String(sentence)).every((name) => name in params),
    );
    return place < 0 ? message : this.say(lng, `errors.${code}.${place}`, params);
  }

  all(key: string): Record<string, string> {
    return Object.fromEntries(
      this.locales
        .filter(
          (locale) => locale !== this.fallback && this.i18n.exists(key, { lng: locale, fallbackLng: [] }),
        )
        .map((locale) => [locale, this.i18n.t(key, { lng: locale })]),
    );
  }

  /** The catalogue of the tag's language, whatever its region; the fallback for all else. */
  private nearest(locale: string | undefined): string {
    const [language = ''] = (locale ?? '').toLowerCase().split(/[-_]/);
    return this.locales.includes(language) ? language : this.fallback;
  }

  private open(): i18n {
    const instance = createInstance();
    void instance.init({
      lng: this.fallback,
      fallbackLng: this.fallback,
      resources: Object.fromEntries(
        Object.entries(CATALOGUES).map(([locale, translation]) => [locale, { translation }]),
      ),
      // Loaded above, so there is nothing to wait for.
      initAsync: false,
      // Every platform escapes in its own way.
      interpolation: { escapeValue: false },
    });
    instance.services.formatter?.add('time', (value: unknown, lng) => timeOf(value, lng));
    return instance;
  }
}

/** The names that a phrase asks for. */
export function placeholders(phrase: string): string[] {
  return [...phrase.matchAll(/\{\{\s*(\w+)/g)].map(([, name = '']) => name);
}

function countOf({ count }: Params): number | undefined {
  return typeof count === 'number' ? count : undefined;
}

/** A time in UTC, for nobody says where the reader is. */
function timeOf(value: unknown, locale: string | undefined): string {
  const time = value instanceof Date ? value : new Date(String(value));
  if (Number.isNaN(time.getTime())) return String(value);
  const parts = { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(locale, { ...parts, timeZone: 'UTC', timeZoneName: 'short' }).format(time);
}
