import { TimestampStyles, time } from 'discord.js';
import { HarkError } from '../../core/errors';
import { Phrasebook } from '../../core/phrasebook';
import { sentenceOf } from '../../core/sentence';

/** A `HarkError` as a sentence in which Discord shows times as the reader's own clock has them, and how long it is until then. */
export function discordSentence(
  phrasebook: Phrasebook,
  locale: string | undefined,
  error: HarkError,
): string {
  return sentenceOf(phrasebook, locale, error, (at) => {
    const seconds = Math.ceil(at.getTime() / 1000);
    return `${time(seconds, TimestampStyles.ShortTime)} (${time(seconds, TimestampStyles.RelativeTime)})`;
  });
}

/** How to get a transcript, for who has asked for nothing in particular. */
export function shortHelp(phrasebook: Phrasebook, locale: string | undefined): string {
  return ['help.ask', 'help.mention', 'help.command'].map((key) => phrasebook.say(locale, key)).join('\n');
}

/** All there is to say about hark's use. */
export function fullHelp(phrasebook: Phrasebook, locale: string | undefined): string {
  const say = (key: string): string => phrasebook.say(locale, key);
  const lines = [
    'help.ask',
    'help.command',
    'help.mention',
    'help.find',
    'help.privacy',
    'help.settings',
    'help.glossary',
    'help.fix',
    'help.status',
  ];
  return [`**${say('help.title')}**`, ...lines.map((key) => `- ${say(key)}`)].join('\n');
}
