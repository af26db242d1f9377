import { IncomingMessage } from 'node:http';
import { UploadedFile } from '../state/journal';
import { refuse } from './discord-error';

/** What Discord takes a file by default, and about what it takes in all. */
const FILE_LIMIT = 10 * 1024 * 1024;
const BODY_LIMIT = 10 * FILE_LIMIT;

export interface RequestBody {
  json: unknown;
  files: UploadedFile[];
}

/**
 * Reads JSON or a multipart form with `payload_json` and `files[n]`.
 * @throws DiscordError 50109 for broken JSON, 40005 when something is too large
 */
export async function readBody(request: IncomingMessage): Promise<RequestBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= BODY_LIMIT) chunks.push(chunk);
  }
  if (size > BODY_LIMIT) throw refuse.tooLarge();
  const raw = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return readForm(raw, type);
  return { json: parse(raw.toString('utf8')), files: [] };
}

async function readForm(raw: Buffer, type: string): Promise<RequestBody> {
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
  const files: UploadedFile[] = [];
  for (const [field, value] of form) {
    if (typeof value === 'string') continue;
    const bytes = Buffer.from(await value.arrayBuffer());
    if (bytes.length > FILE_LIMIT) throw refuse.tooLarge();
    files.push({ field, filename: value.name, contentType: value.type || 'application/octet-stream', bytes });
  }
  const payload = form.get('payload_json');
  return { json: parse(typeof payload === 'string' ? payload : ''), files };
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw refuse.badJson();
  }
}
