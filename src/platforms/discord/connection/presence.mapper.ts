import { ActivityType, PresenceData } from 'discord.js';
import { Phrasebook } from '../../../core/phrasebook';
import { Availability } from '../../../core/transcriber';

/** What there is to say about hark as a whole. */
export interface Doings {
  engine: Availability['state'];
  /** Notes that wait or are being read. */
  notes: number;
}

/** The line below hark's name; it has one language for everybody. */
export function presenceOf({ engine, notes }: Doings, phrasebook: Phrasebook): PresenceData {
  const say = (key: string, params?: { count: number }): string => phrasebook.say(undefined, key, params);
  if (engine === 'unavailable') return saying('dnd', say('presence.offline'));
  if (engine === 'loading') return saying('idle', say('presence.loading'));
  const name = notes === 0 ? say('presence.idle') : say('presence.queue', { count: notes });
  return { status: 'online', activities: [{ type: ActivityType.Listening, name }] };
}

function saying(status: PresenceData['status'], state: string): PresenceData {
  return { status, activities: [{ type: ActivityType.Custom, name: 'hark', state }] };
}
