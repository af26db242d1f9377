import { GlossaryList } from './glossary.service';
import { Choice } from './menu-words';
import { Phrasebook } from './phrasebook';

/** A place's glossary, put into words. Terms are what somebody typed: untrusted. */
export interface GlossaryView {
  title: string;
  lead: string;
  /** What stands before the terms. */
  count: string;
  terms: string[];
  /** How many of them the engine does not look at. */
  unused?: string;
  /** Before the suggestions; missing where there are none. */
  suggested?: string;
  suggestions: Choice[];
}

export function glossaryView(
  { terms, suggestions }: GlossaryList,
  phrasebook: Phrasebook,
  locale: string | undefined,
): GlossaryView {
  const unused = terms.filter(({ used }) => !used).length;
  const say = (key: string, params?: Record<string, string | number>): string =>
    phrasebook.say(locale, key, params);
  return {
    title: say('glossary.title'),
    lead: say('glossary.lead'),
    count: terms.length > 0 ? say('glossary.count', { count: terms.length }) : say('glossary.none'),
    terms: terms.map(({ term }) => term),
    ...(unused > 0 && { unused: say('glossary.unused', { count: unused }) }),
    ...(suggestions.length > 0 && { suggested: say('glossary.suggested') }),
    suggestions: suggestions.map(({ term, insteadOf }) => ({
      value: term,
      label: insteadOf === undefined ? term : say('glossary.insteadOf', { term, heard: insteadOf }),
    })),
  };
}
