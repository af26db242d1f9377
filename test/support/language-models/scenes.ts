/** What happens to one question, instead of the usual answer. */
export type Scene =
  /** These words, one event each; the service does not count unless `usage`, and holds after the first until `gate`. */
  | {
      words: string[];
      usage?: boolean;
      gate?: Promise<void>;
      end?: 'usual' | 'too-long' | 'declined' | 'none';
    }
  /** Declines without a word. */
  | { declines: string }
  | { status: number; body?: string; headers?: Record<string, string> }
  /** Takes everything in and says nothing. */
  | { silence: true }
  /** Closes the connection in the middle of an answer. */
  | { breakOff: string[] };

/** A question as a service understood it: what the model is told, and apart from it what it is to work on. */
export interface Question {
  system: string;
  /** What stands between the marks. */
  transcript: string;
  body: Record<string, unknown>;
}

/** What a service says no to. */
export class ModelRefusal extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Takes a message apart, strictly: nothing stands outside of the marks, the marks are the ones that the model was told
 * of, and what it was told has nothing of what was said.
 *
 * @throws ModelRefusal
 */
export function questionOf(system: unknown, data: unknown, body: Record<string, unknown>): Question {
  const wrong = (why: string): ModelRefusal => new ModelRefusal(400, 'invalid_request_error', why);
  if (typeof system !== 'string' || system === '') throw wrong('system must be text');
  if (typeof data !== 'string') throw wrong('content must be text');
  const [, mark = '', transcript = ''] = /^<(transcript-[0-9a-f]{18})>\n([^]*)\n<\/\1>$/.exec(data) ?? [];
  if (mark === '') throw wrong('the message must be one marked transcript and nothing else');
  if (!system.includes(`<${mark}>`) || !system.includes(`</${mark}>`))
    throw wrong('the model does not know the mark');
  if (transcript.includes(mark)) throw wrong('the mark stands in what was said');
  for (const line of transcript.split('\n'))
    if (line.length > 20 && system.includes(line)) throw wrong('what was said stands among what is told');
  return { system, transcript, body };
}

/** Checks that a body has these fields, each of its type, and no other: above all no tools. @throws ModelRefusal */
export function checkFields(body: unknown, fields: Record<string, (value: unknown) => boolean>): void {
  const wrong = (why: string): ModelRefusal => new ModelRefusal(400, 'invalid_request_error', why);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw wrong('a JSON object is needed');
  for (const [name, value] of Object.entries(body)) {
    const fits = fields[name];
    if (!fits) throw wrong(`${name}: Extra inputs are not permitted`);
    if (!fits(value)) throw wrong(`${name}: is not valid`);
  }
}

/** What is answered where nothing else was agreed on. */
export function usualWords({ transcript }: Question): string[] {
  return [`Somebody`, ` spoke`, ` about`, ` ${transcript.trim().split(/\s+/)[0] ?? 'nothing'}.`];
}
