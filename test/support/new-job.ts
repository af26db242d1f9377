import { NewJob } from '../../src/core/job-store';
import { ReplyAddress } from '../../src/core/voice-note';

let made = 0;

/** A job to be stored, each a little younger than the one before. */
export function newJob(
  options: { user?: string; priority?: number; replyTo?: ReplyAddress; sequenceKey?: string } = {},
): NewJob {
  const { user = 'ada', priority = 0, replyTo, sequenceKey } = options;
  made += 1;
  return {
    note: {
      platform: replyTo?.platform ?? 'api',
      author: { id: user },
      requester: { id: user },
      trigger: 'request',
      source: { kind: 'link', url: `https://example.org/${made}.ogg` },
      options: { language: 'auto', translate: false },
      replyTo,
      private: false,
      position: 0,
      fresh: false,
    },
    sequenceKey,
    priority,
    createdAt: new Date(Date.now() - 3_600_000 + made),
  };
}

/** The address of a message of its own. */
export function chatMessage(channel: string): ReplyAddress {
  made += 1;
  return { platform: 'discord', workspace: 'guild', channel, message: `message-${made}` };
}
