import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const SCHEME = 'hmac-sha256';

/**
 * What is kept of a token: a salted HMAC. Tokens are long and random, so a slow hash would only slow down every
 * request.
 */
export function hashToken(token: string, salt: Buffer = randomBytes(16)): string {
  return [SCHEME, salt.toString('base64url'), digest(token, salt).toString('base64url')].join(':');
}

/** Whether this is the token of the hash; takes equally long for every wrong one. */
export function isTokenOf(hash: string, token: string): boolean {
  const [scheme, salt, expected] = hash.split(':');
  if (scheme !== SCHEME || salt === undefined || expected === undefined) return false;
  const actual = digest(token, Buffer.from(salt, 'base64url'));
  const wanted = Buffer.from(expected, 'base64url');
  return actual.length === wanted.length && timingSafeEqual(actual, wanted);
}

/** A token that cannot be guessed (256 bits). Its prefix lets people, and the log's mask, tell it from others. */
export function makeToken(): string {
  return `hark_${randomBytes(32).toString('base64url')}`;
}

function digest(token: string, salt: Buffer): Buffer {
  return createHmac('sha256', salt).update(token).digest();
}
