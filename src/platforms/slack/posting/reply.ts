import { createHash } from 'node:crypto';
import { Answer, Reply } from '../../../core/answer';

/** A file that has been posted. */
export interface PostedFile {
  id: string;
  /** Of its name and text. */
  digest: string;
}

/** What stands in a channel. */
export interface Shown {
  /** Timestamps, in order. */
  messages: string[];
  /** What each of them shows, as a digest, so that nothing is edited in vain. */
  shown: string[];
  files: PostedFile[];
}

/** What has been posted for an answer. */
export interface SlackReply extends Reply, Shown {
  /** `response`: by a command's `response_url`, where it cannot be found again. `dm`: to the asker directly. */
  via: 'message' | 'response' | 'dm';
  /** Empty for `response`. */
  channel: string;
  /** How often the `response_url` has been used. */
  uses?: number;
}

export const NOTHING_SHOWN: Readonly<Shown> = { messages: [], shown: [], files: [] };

export function replyOf({ reply }: Pick<Answer, 'reply'>): SlackReply | undefined {
  return reply as SlackReply | undefined;
}

export function digestOf(shown: unknown): string {
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, 16);
}
