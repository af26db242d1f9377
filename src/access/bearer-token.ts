import type { Request } from 'express';

/** As programs send it (RFC 6750, 2.1). */
export function bearerToken({ headers }: Request): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
}
