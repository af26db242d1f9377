import { faultOfBlocks, withBlockIds } from '../slack-blocks';
import { Json } from '../slack-model';
import { SlackApiError } from '../slack-params';
import { ApiCall } from '../slack-api-method';

export interface MessageContent {
  text: string;
  blocks?: Json[];
}

/** A new message's text; Slack's documentation speaks of 40,000 characters. */
export const postedText = { most: 40_000, measure: (text: string) => [...text].length };
/** `chat.update` takes less: 4,000, and what counts are the bytes (seen in the field). */
export const updatedText = { most: 4000, measure: (text: string) => Buffer.byteLength(text) };

/**
 * Reads text and blocks of a message.
 * @throws SlackApiError `no_text`, `msg_too_long`, `invalid_blocks`, `invalid_blocks_format`, `msg_blocks_too_long`
 */
export function contentOf(call: ApiCall, limit: typeof postedText): MessageContent {
  const { params, world } = call;
  const sent = params.json('blocks', 'invalid_blocks_format');
  const text = params.text('text') ?? '';
  if (sent === undefined || (Array.isArray(sent) && sent.length === 0)) {
    if (text === '') throw new SlackApiError('no_text');
  } else {
    const fault = faultOfBlocks(sent, 50);
    if (fault) {
      const { messages } = fault;
      throw new SlackApiError(
        fault.error,
        messages.length > 0 ? { errors: messages, response_metadata: { messages } } : {},
      );
    }
  }
  if (limit.measure(text) > limit.most) throw new SlackApiError('msg_too_long');
  const blocks = Array.isArray(sent) && sent.length > 0 ? (sent as Json[]) : undefined;
  return { text, ...(blocks ? { blocks: withBlockIds(blocks, () => world.ids.secret(5)) } : {}) };
}

/** @throws SlackApiError `invalid_metadata_format` */
export function metadataOf(call: ApiCall): Json | undefined {
  const metadata = call.params.json('metadata', 'invalid_metadata_format') as Json | undefined;
  if (metadata === undefined) return undefined;
  const payload = metadata.event_payload;
  if (typeof metadata.event_type !== 'string' || typeof payload !== 'object' || payload === null)
    throw new SlackApiError('invalid_metadata_format');
  return metadata;
}
