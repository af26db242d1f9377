import { Phrasebook } from '../../core/phrasebook';

/** How to get a transcript, for who has asked for nothing in particular. */
export function shortHelp(phrasebook: Phrasebook, locale: string | undefined): string {
  return ['help.ask', 'help.mention', 'help.command'].map((key) => phrasebook.say(locale, key)).join('\n');
}

/** All there is to say about hark's use. */
export function fullHelp(phrasebook: Phrasebook, locale: string | undefined): string {
  const say = (key: string): string => phrasebook.say(locale, key);
  const lines = ['help.ask', 'help.command', 'help.mention', 'help.privacy', 'help.settings', 'help.status'];
  return [`**${say('help.title')}**`, ...lines.map((key) => `- ${say(key)}`)].join('\n');
}
