import type { CookieOptions, Request } from 'express';

const NAME = 'hark_session';
const FORM = new RegExp(`(?:^|;) *${NAME}=([\\w-]{43})(?:;|$)`);
const SAFE = ['GET', 'HEAD', 'OPTIONS'];

export const SESSION_COOKIE = NAME;

export function secretIn({ headers }: Request): string | undefined {
  return FORM.exec(headers.cookie ?? '')?.[1];
}

/** Other pages get nothing of it and cause nothing by it: no script reads it, no other site has it sent. */
export function cookieOptions(request: Request): CookieOptions {
  // TLS may end at a proxy that hark was not told of.
  const secure = request.secure || request.headers.origin?.startsWith('https:') === true;
  return { httpOnly: true, sameSite: 'strict', secure, path: '/' };
}

/**
 * Whether the browser says that one of hark's own pages asks, wherever something would be changed. Browsers tell so
 * themselves: pages cannot set these headers. `Sec-Fetch-Site` comes over TLS and from this machine only, `Origin` always.
 */
export function isOwnPage(request: Request): boolean {
  return SAFE.includes(request.method) || isFromOwnPage(request);
}

/** The same, whether anything would be changed or not. */
export function isFromOwnPage(request: Request): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const origin = URL.parse(request.headers.origin ?? '');
  return origin !== null && origin.host === request.host;
}
