import leven from 'leven';
import { SETTING_NAMES } from './settings.schema';

/** Whoever sets one of these means hark, even when the rest of the name is none of ours. */
const OWN_PREFIX = /^(HARK|DISCORD|SLACK|WHISPER|RATE_LIMIT|MAX_MEDIA)_/;
/** Names shorter than this are near to too many words of other programs. */
const LONG_ENOUGH = 6;
const TYPING_ERRORS = 2;

/** One sentence for every variable that looks like a setting and is none. */
export function misspeltSettings(names: readonly string[]): string[] {
  const known = new Set<string>(SETTING_NAMES);
  return names
    .filter((name) => /^[A-Z][A-Z0-9_]*$/.test(name) && !known.has(name))
    .flatMap((name) => {
      const nearest = nearestSetting(name.replace(/^HARK_/, ''));
      const typo = name.length >= LONG_ENOUGH && leven(name, nearest) <= TYPING_ERRORS;
      if (!typo && !OWN_PREFIX.test(name)) return [];
      return [`${name} is no setting of hark and has no effect. Did you mean ${nearest}?`];
    });
}

function nearestSetting(name: string): string {
  return SETTING_NAMES.reduce((best, candidate) =>
    leven(name, candidate) < leven(name, best) ? candidate : best,
  );
}
