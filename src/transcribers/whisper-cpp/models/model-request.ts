import { Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { HarkError } from '../../../core/errors';

const MOST_REDIRECTS = 5;
const TIMEOUTS = { headersTimeout: 30_000, bodyTimeout: 30_000 };
/** Also goes through the proxy that the usual variables name: hark often lives behind a firewall. */
const agent = new EnvHttpProxyAgent({ connect: { timeout: 10_000 } });

/** What is on disk already, and what tells whether the server still has the same file. */
export interface Begun {
  bytes: number;
  /** A strong `ETag`, or `Last-Modified`. */
  validator?: string;
}

const NOTHING: Begun = { bytes: 0 };

export interface ModelResponse {
  body: Dispatcher.ResponseData['body'];
  /** Bytes of the file before the body's first. */
  from: number;
  /** Bytes of the whole file, when the server says. */
  total?: number;
  validator?: string;
}

/** The connection, not the server's word, was the trouble: it may work the next time. */
export class TransferError extends Error {}

/**
 * Asks for a model file, for the rest of it where the server still has what was begun.
 *
 * @throws HarkError `model_not_found` or `model_download_failed`, `TransferError` for what may pass
 */
export async function requestModel(
  name: string,
  url: URL,
  have: Begun,
  signal: AbortSignal,
): Promise<ModelResponse> {
  const resume = have.bytes > 0 && have.validator !== undefined;
  const headers = {
    'accept-encoding': 'identity',
    ...(resume && { range: `bytes=${have.bytes}-`, 'if-range': have.validator }),
  };
  const response = await follow(name, url, headers, signal);
  const { statusCode, headers: said, body } = response;
  const validator = validatorOf(said);
  if (statusCode === 200) return { body, from: 0, total: number(said['content-length']), validator };
  const [, from, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(String(said['content-range'])) ?? [];
  if (statusCode === 206 && Number(from) === have.bytes) {
    return { body, from: have.bytes, total: Number(total), validator: validator ?? have.validator };
  }
  await body.dump();
  // What is on disk is longer than the file, or the server counts in its own way: from the beginning, then.
  if (resume && (statusCode === 416 || statusCode === 206)) return requestModel(name, url, NOTHING, signal);
  throw refusal(name, url.host, statusCode);
}

async function follow(
  name: string,
  start: URL,
  headers: Record<string, string | undefined>,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  let url = start;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const response = await request(url, { headers, signal, dispatcher: agent, ...TIMEOUTS });
    const { location } = response.headers;
    if (response.statusCode < 300 || response.statusCode > 399 || typeof location !== 'string')
      return response;
    await response.body.dump();
    url = new URL(location, url);
    if (!['https:', start.protocol].includes(url.protocol)) throw failed(name, 'leads to an unsafe address');
  }
  throw failed(name, 'leads from one address to the next without end');
}

function refusal(name: string, host: string, statusCode: number): Error {
  if (statusCode === 404 || statusCode === 410) {
    return new HarkError('model_not_found', `There is no model ${name} at ${host}.`, {
      params: { model: name },
    });
  }
  const passing = statusCode >= 500 || statusCode === 408 || statusCode === 429;
  return passing
    ? new TransferError(`HTTP ${statusCode}`)
    : failed(name, `is refused by ${host} with status ${statusCode}`);
}

function failed(name: string, what: string): HarkError {
  return new HarkError('model_download_failed', `The download of the model ${name} ${what}.`, {
    params: { model: name },
  });
}

/** A weak `ETag` does not promise the same bytes, so it is no ground to go on from. */
function validatorOf(headers: Dispatcher.ResponseData['headers']): string | undefined {
  const { etag, 'last-modified': modified } = headers;
  if (typeof etag === 'string' && etag.startsWith('"')) return etag;
  return typeof modified === 'string' ? modified : undefined;
}

function number(text: unknown): number | undefined {
  return typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : undefined;
}
