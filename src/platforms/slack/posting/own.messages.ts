import { Injectable } from '@nestjs/common';
import { types } from '@slack/bolt';
import { HarkError } from '../../../core/errors';
import { SlackWebApi } from '../slack-web-api.service';
import { Conversation, SlackMessages } from './messages.service';
import { PostedFile, Shown } from './reply';

const EVENT_TYPE = 'hark_answer';
/** The messages of an answer are posted soon after the answer came to be. */
const MOST_PAGES = 5;

/** What hark writes down with each of its messages, for itself. */
export interface Note {
  answerId: string;
  index: number;
  /** What the message shows. */
  digest: string;
  /** The files that belong to the answer, whether they are posted yet or not. */
  files: readonly PostedFile[];
}

/** The note as Slack keeps it. */
export function metadataOf({ answerId, index, digest, files }: Note): types.MessageMetadata {
  const payload = { answer: answerId, index, shown: digest };
  return {
    event_type: EVENT_TYPE,
    event_payload: files.length > 0 ? { ...payload, files: files.map((file) => ({ ...file })) } : payload,
  };
}

/** Finds messages of hark that were posted, but whose timestamps nobody has noted. */
@Injectable()
export class SlackOwnMessages {
  constructor(
    private readonly messages: SlackMessages,
    private readonly api: SlackWebApi,
  ) {}

  /**
   * What stands of the answer; gaps are undefined. Files are those that were announced, not all of them are posted.
   *
   * @param from nothing of the answer is older, by Slack's clock
   */
  async find(place: Conversation, answerId: string, from: Date, signal: AbortSignal): Promise<Shown> {
    const own = await this.api.botUserId(place.team, signal);
    const found: Shown = { messages: [], shown: [], files: [] };
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const answer = await this.messages.page(place, from, cursor, signal).catch(nothingIfGone);
      for (const { ts, user, metadata } of answer?.messages ?? []) {
        const note = user === own ? noteOf(metadata) : undefined;
        if (ts === undefined || note?.answerId !== answerId) continue;
        found.messages[note.index] = ts;
        found.shown[note.index] = note.digest;
        if (note.index === 0) found.files = [...note.files];
      }
      cursor = answer?.response_metadata?.next_cursor || undefined;
      if (cursor === undefined) break;
    }
    return found;
  }
}

/** Undefined for messages that are no part of an answer. */
function noteOf(metadata: Partial<types.MessageMetadata> | undefined): Note | undefined {
  if (metadata?.event_type !== EVENT_TYPE) return undefined;
  const { answer, index, shown, files } = metadata.event_payload ?? {};
  if (typeof answer !== 'string' || typeof index !== 'number' || typeof shown !== 'string') return undefined;
  const known = (Array.isArray(files) ? files : []).map(({ id, digest }) => ({
    id: String(id),
    digest: String(digest),
  }));
  return { answerId: answer, index, digest: shown, files: known };
}

/** A thread whose first message is gone has nothing in it. */
function nothingIfGone(error: unknown): undefined {
  if (error instanceof HarkError && error.code === 'message_gone') return undefined;
  throw error;
}
