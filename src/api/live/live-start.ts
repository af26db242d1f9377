import { z } from 'zod';
import { HarkError } from '../../core/errors';
import { parseLanguage } from '../../core/languages';
import { LIVE_ENCODINGS, LiveEncoding } from '../../core/live-audio';
import { TranscriptionOptions } from '../../core/voice-note';

const start = z.strictObject({
  type: z.literal('start'),
  encoding: z.enum(LIVE_ENCODINGS).default('pcm_s16le'),
  language: z.string().max(60).default('auto'),
  translate: z.boolean().default(false),
  prompt: z.string().max(1000).optional(),
  partials: z.boolean().default(true),
});
const message = z.discriminatedUnion('type', [start, z.strictObject({ type: z.literal('stop') })]);

/** The first message: what is going to come, and what is wanted of it. */
export interface LiveStart {
  type: 'start';
  encoding: LiveEncoding;
  partials: boolean;
  options: TranscriptionOptions;
}

/**
 * What a client says in text.
 *
 * @throws HarkError `json_malformed`, `field_invalid` or `language_unknown`
 */
export function liveMessage(text: string): LiveStart | { type: 'stop' } {
  const parsed = message.safeParse(parsedJson(text));
  if (!parsed.success) throw invalid(parsed.error.issues[0]);
  if (parsed.data.type === 'stop') return parsed.data;
  const { language, translate, prompt, ...rest } = parsed.data;
  const options = { language: parseLanguage(language), translate, ...(prompt?.trim() && { prompt }) };
  return { ...rest, options };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HarkError('json_malformed', 'The message is not well-formed JSON.', { cause });
  }
}

/** The fields are ours; what stands in them is not repeated. */
function invalid(issue: z.core.$ZodIssue | undefined): HarkError {
  if (issue?.code === 'unrecognized_keys')
    return new HarkError('field_invalid', 'The message has a field that hark does not know.');
  const field = issue?.path.map(String).join('.') || 'message';
  const sentence =
    field === 'type' || field === 'message'
      ? 'A message is an object whose "type" is "start" or "stop".'
      : `The field "${field}" is not what it has to be.`;
  return new HarkError('field_invalid', sentence, { params: { field } });
}
