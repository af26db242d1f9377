import { IncomingMessage } from 'node:http';
import { formOf } from './slack-http';
import { Json } from './slack-model';

/** `{ ok: false, error }`, thrown by a method. */
export class SlackApiError extends Error {
  constructor(
    readonly code: string,
    /** More fields of the answer, such as `response_metadata`. */
    readonly more: Json = {},
  ) {
    super(code);
  }
}

/** A method's arguments, whichever way they were sent: in JSON, or as strings (JSON within) in a form or the query. */
export class SlackParams {
  constructor(readonly all: Json) {}

  /** Undefined when absent or empty. */
  text(name: string): string | undefined {
    const value = this.all[name];
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  /** @throws SlackApiError `invalid_arguments`, or `code` */
  required(name: string, code = 'invalid_arguments'): string {
    const value = this.text(name);
    if (value !== undefined) return value;
    throw new SlackApiError(code, {
      response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
    });
  }

  flag(name: string): boolean {
    return ['true', '1'].includes(this.text(name) ?? 'false');
  }

  count(name: string, otherwise: number): number {
    const value = Number(this.text(name) ?? otherwise);
    return Number.isFinite(value) && value > 0 ? value : otherwise;
  }

  /** @throws SlackApiError with `code` when it is no JSON */
  json(name: string, code = 'invalid_arguments'): unknown {
    const value = this.all[name];
    if (typeof value !== 'string') return value ?? undefined;
    if (value === '') return undefined;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      throw new SlackApiError(code);
    }
  }
}

/** Reads the arguments from a request's query and body. */
export async function paramsOf(request: IncomingMessage, body: Buffer): Promise<SlackParams> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const all: Json = Object.fromEntries(url.searchParams);
  const contentType = request.headers['content-type'] ?? '';
  if (contentType.startsWith('application/json')) {
    const sent = JSON.parse(body.toString() || '{}') as unknown;
    if (typeof sent !== 'object' || sent === null || Array.isArray(sent))
      throw new SlackApiError('json_not_object');
    Object.assign(all, sent);
  } else if (contentType.startsWith('multipart/form-data')) {
    for (const [name, value] of await formOf(body, contentType)) all[name] = value.toString();
  } else {
    Object.assign(all, Object.fromEntries(new URLSearchParams(body.toString())));
  }
  return new SlackParams(all);
}

/** Cuts one page out of a list, with Slack's cursor for the next. */
export function pageOf<T>(items: T[], params: SlackParams, otherwise: number): { page: T[]; metadata: Json } {
  const cursor = params.text('cursor');
  const from = cursor ? Number(Buffer.from(cursor, 'base64').toString().replace('from:', '')) : 0;
  if (!Number.isInteger(from) || from < 0) throw new SlackApiError('invalid_cursor');
  const limit = Math.min(params.count('limit', otherwise), 1000);
  const more = from + limit < items.length;
  const next = more ? Buffer.from(`from:${from + limit}`).toString('base64') : '';
  return { page: items.slice(from, from + limit), metadata: { next_cursor: next } };
}
