import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
const MADE_BYTES = 32;
/** As the standard wants it. @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
const LEAST_BYTES = 24;
const MOST_BYTES = 64;

export function makeSecret(): Uint8Array {
  return new Uint8Array(randomBytes(MADE_BYTES));
}

/** As people copy it. */
export function writeSecret(secret: Uint8Array): string {
  return PREFIX + Buffer.from(secret).toString('base64');
}

/** Undefined when it is none. */
export function readSecret(text: string): Uint8Array | undefined {
  const [, coded] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  const bytes = Buffer.from(coded ?? '', 'base64');
  if (bytes.length < LEAST_BYTES || bytes.length > MOST_BYTES) return undefined;
  return new Uint8Array(bytes);
}

/** The headers by which a receiver knows that a message is hark's, whole, new, and whether it has come before. */
export function signedHeaders(
  secret: Uint8Array,
  { id, body, at }: { id: string; body: string; at: Date },
): Record<string, string> {
  const seconds = Math.floor(at.getTime() / 1000);
  const signature = createHmac('sha256', secret).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    'content-type': 'application/json; charset=utf-8',
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature}`,
  };
}
