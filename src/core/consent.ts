import { HarkError } from './errors';
import { Preferences } from './preference-store';
import { VoiceNote } from './voice-note';

/** The preferences that decide about one note. */
export interface ConsentPreferences {
  author: Preferences;
  channel: Preferences;
  server: Preferences;
}

/** Whether notes of this channel are read unasked; the channel's own choice wins over the server's. */
export function isAutomatic({ channel, server }: Pick<ConsentPreferences, 'channel' | 'server'>): boolean {
  return channel.automatic ?? server.automatic ?? false;
}

/** Whether the speaker's own choice lets the note be read. */
export function speakerAgrees(
  { trigger, requester, author }: Pick<VoiceNote, 'trigger' | 'requester' | 'author'>,
  { optedOut = false, allowRequests = false }: Preferences,
): boolean {
  if (trigger === 'automatic') return !optedOut;
  return !optedOut || allowRequests || requester.id === author.id;
}

/**
 * Whether the note may be read at all: the speaker's choice first, then the channel's rules. People may always have
 * their own notes read, unless the channel forbids asking.
 *
 * @throws HarkError `speaker_opted_out` or `asker_not_allowed`
 */
export function checkConsent(note: VoiceNote, preferences: ConsentPreferences): void {
  if (note.trigger === 'automatic') {
    if (!speakerAgrees(note, preferences.author)) throw optedOut();
    return;
  }
  const own = note.requester.id === note.author.id;
  const mayAsk = preferences.channel.whoMayAsk ?? preferences.server.whoMayAsk ?? 'everyone';
  if (mayAsk === 'nobody' || (mayAsk === 'author' && !own)) {
    const who = mayAsk === 'author' ? 'Here only the people who spoke may ask' : 'Here nobody may ask';
    throw new HarkError(
      'asker_not_allowed',
      `${who} for a transcript. The admins of this place have set it so.`,
      {
        params: { who: mayAsk },
      },
    );
  }
  if (!speakerAgrees(note, preferences.author)) throw optedOut();
}

export function optedOut(): HarkError {
  return new HarkError('speaker_opted_out', 'The person who spoke has asked not to be transcribed.');
}
