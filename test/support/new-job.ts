import { NewJob } from '../../src/core/job-store';
import { ReplyAddress } from '../../src/core/voice-note';

let made = 0;

export interface NewJobOptions {
  user?: string;
  priority?: number;
  replyTo?: ReplyAddress;
  sequenceKey?: string;
  /** As the sender's client says; a link of unknown length when missing. */
  seconds?: number;
  activeLimit?: number;
}

/** A job to be stored, each a little younger than the one before. */
export function newJob(options: NewJobOptions = {}): NewJob {
  const { user = 'ada', priority = 0, replyTo, sequenceKey, seconds, activeLimit } = options;
  made += 1;
  const platform = replyTo?.platform ?? 'api';
  return {
    note: {
      platform,
      author: { id: user },
      requester: { id: user },
      trigger: 'request',
      source:
        seconds === undefined
          ? { kind: 'link', url: `https://example.org/${made}.ogg` }
          : { kind: 'attachment', platform, ids: { file: String(made) }, seconds },
      options: { language: 'auto', translate: false },
      replyTo,
      private: false,
      position: 0,
      fresh: false,
    },
    sequenceKey,
    priority,
    activeLimit,
    createdAt: new Date(Date.now() - 3_600_000 + made),
  };
}

/** The address of a message of its own. */
export function chatMessage(channel: string): ReplyAddress {
  made += 1;
  return { platform: 'discord', workspace: 'guild', channel, message: `message-${made}` };
}
