import { createHash } from 'node:crypto';
import { Answer, Reply } from '../../../core/answer';
import { DiscordMessage } from './answer.renderer';

/** What has been posted for an answer. */
export interface DiscordReply extends Reply {
  /** `interaction`: the first message is the answer to a command. `dm`: nowhere else was possible. */
  via: 'message' | 'interaction' | 'dm';
  channel: string;
  /** Ids, in order. */
  messages: string[];
  /** What each of them shows, as a digest, so that nothing is edited in vain. */
  shown: string[];
  /** How many have been removed again, because the text had become shorter. */
  removed?: number;
}

export function replyOf({ reply }: Pick<Answer, 'reply'>): DiscordReply | undefined {
  return reply as DiscordReply | undefined;
}

export function digestOf(message: DiscordMessage): string {
  return createHash('sha256').update(JSON.stringify(message)).digest('base64url').slice(0, 16);
}

/**
 * The same for every attempt to post the message, so that Discord drops a repeat; at most 25 characters.
 *
 * @param turn tells it from a message that stood in the same place before and was deleted
 */
export function nonceOf(answerId: string, index: number, turn: string | number): string {
  return createHash('sha256').update(`${answerId}:${index}:${turn}`).digest('base64url').slice(0, 25);
}
