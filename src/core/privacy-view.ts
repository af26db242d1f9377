import { languagesForMenu } from './language-menu';
import { Choice, MenuWords } from './menu-words';
import { Preferences } from './preference-store';
import { PrivacyFacts } from './privacy-facts.service';

export const PRIVACY_ACTIONS = [
  'opt-out',
  'opt-in',
  'allow',
  'forbid',
  'suggest-terms',
  'keep-terms',
  'erase',
  'erase-now',
  'export',
  'show',
] as const;
export type PrivacyAction = (typeof PRIVACY_ACTIONS)[number];

type PersonalChoice = Pick<
  Preferences,
  'optedOut' | 'allowRequests' | 'language' | 'suggestTerms' | 'summarizer'
>;

/** What somebody chooses by an action; undefined for actions that choose nothing. */
export const PRIVACY_CHANGES: Partial<Record<PrivacyAction, PersonalChoice>> = {
  'opt-out': { optedOut: true, allowRequests: undefined },
  'opt-in': { optedOut: undefined, allowRequests: undefined },
  allow: { allowRequests: true },
  forbid: { allowRequests: undefined },
  'suggest-terms': { suggestTerms: true },
  'keep-terms': { suggestTerms: false },
};

/** Who has their language found out leaves it to the place they speak in. */
export function languageChange(value: string): PersonalChoice {
  return { language: value === 'auto' ? undefined : value };
}

export interface PrivacyView {
  title: string;
  lines: string[];
  actions: { action: PrivacyAction; label: string; danger: boolean }[];
  languages: Choice[];
  /** The choice that holds now. */
  language: string;
  /** Who sums up for oneself; empty where there is nothing to choose. */
  summarizers: Choice[];
  summarizer?: string;
}

/** What people see and choose of their own voice. */
export function privacyView(choices: Preferences, facts: PrivacyFacts, words: MenuWords): PrivacyView {
  const { phrasebook, locale, mostChoices } = words;
  const say = (key: string, params?: Record<string, string | number>): string =>
    phrasebook.say(locale, key, params);
  const { optedOut, allowRequests, language, suggestTerms } = choices;
  const offered: [PrivacyAction, string, boolean][] = [
    [optedOut ? 'opt-in' : 'opt-out', optedOut ? 'consent.optIn' : 'consent.optOut', true],
    ['allow', 'consent.allowRequests', Boolean(optedOut && !allowRequests)],
    ['forbid', 'consent.forbidRequests', Boolean(optedOut && allowRequests)],
    [
      suggestTerms ? 'keep-terms' : 'suggest-terms',
      suggestTerms ? 'consent.keepTerms' : 'consent.suggestTerms',
      true,
    ],
    ['export', 'consent.export', true],
    ['erase', 'consent.eraseMine', facts.stored > 0],
  ];
  const languages = [
    { label: say('settings.languageAuto'), value: 'auto' },
    ...languagesForMenu(mostChoices - 1, [language], locale),
  ];
  return {
    title: say('consent.title'),
    lines: [
      say(statusOf(choices)),
      facts.services.length > 0
        ? say('consent.remote', { service: facts.services.join(', ') })
        : say('consent.local'),
      ...(facts.summaryServices.length > 0
        ? [say('consent.summaries', { service: facts.summaryServices.join(', ') })]
        : []),
      facts.retentionDays > 0
        ? say('consent.intro', { days: facts.retentionDays })
        : say('consent.introForever'),
      facts.audioDays > 0 ? say('consent.audioKept', { days: facts.audioDays }) : say('consent.audioGone'),
      say('consent.stored', { count: facts.stored }),
      ...(suggestTerms ? [say('consent.statusSuggests')] : []),
      ...tokensOf(facts).map(([key, params]) => say(key, params)),
    ],
    actions: offered
      .filter(([, , fits]) => fits)
      .map(([action, key]) => ({ action, label: say(key), danger: action === 'erase' })),
    languages: languages.map((each) => ({ ...each, label: `${say('consent.myLanguage')}: ${each.label}` })),
    language: language ?? 'auto',
    summarizers: facts.summarizers.map(({ name, here }) => ({
      label: `${say('summary.choose')}: ${here ? say('summary.chooseHere', { name }) : name}`,
      value: name,
    })),
    ...(facts.summarizer !== undefined && { summarizer: facts.summarizer }),
  };
}

function tokensOf({ tokens }: PrivacyFacts): [key: string, params: Record<string, number>][] {
  if (!tokens || (tokens.used === 0 && tokens.limit === 0)) return [];
  return [[tokens.limit > 0 ? 'summary.tokensOf' : 'summary.tokens', tokens]];
}

function statusOf({ optedOut, allowRequests }: Preferences): string {
  if (!optedOut) return 'consent.statusIn';
  return allowRequests ? 'consent.statusRequests' : 'consent.statusOut';
}
