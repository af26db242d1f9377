import { ReplyAddress } from '../../core/voice-note';
import { Gesture, isConversation } from './interactions/gesture';
import { SLACK_LIMITS } from './slack-limits';

/** Before Slack lets go of a `response_url`, so that nothing is sent in its last moment. */
const MARGIN_MS = 60_000;

export interface GestureFacts {
  ephemeral: boolean;
  /** When hark heard of it, by hark's own clock. */
  heardAt: Date;
  locale?: string;
  /** The message that the gesture is about. */
  message?: string;
  thread?: string;
}

/** Where the answer to a command, shortcut or button goes. */
export function addressOfGesture(gesture: Gesture, facts: GestureFacts): ReplyAddress {
  const { team, channel, user, triggerId, responseUrl } = gesture;
  const { ephemeral, heardAt, locale, message, thread } = facts;
  const life = responseUrl ? SLACK_LIMITS.interactionMs - MARGIN_MS : 0;
  return {
    platform: 'slack',
    workspace: team,
    ...(channel && { channel }),
    ...(isConversation(gesture) && { direct: true }),
    ...(message && { message }),
    ...(thread && { thread }),
    interaction: {
      id: triggerId,
      token: responseUrl ?? '',
      expiresAt: new Date(heardAt.getTime() + life),
      ephemeral,
      extra: { userId: user },
    },
    ...(locale && { locale }),
  };
}
