import { GlossaryPlace } from './glossary-store';
import { PlatformName, ReplyAddress } from './voice-note';

/** The place of whatever comes by the API: there are no servers there. */
export const API_PLACE: GlossaryPlace = { platform: 'api', id: 'api' };

/**
 * Whose terms a note may be about. Direct messages in a Slack workspace are between its people, and use its terms;
 * Discord's belong to no server.
 */
export function glossaryPlaceOf(note: {
  platform: PlatformName;
  replyTo?: Pick<ReplyAddress, 'workspace'>;
}): GlossaryPlace | undefined {
  const { platform, replyTo } = note;
  if (platform === 'api') return API_PLACE;
  return replyTo?.workspace ? { platform, id: replyTo.workspace } : undefined;
}
