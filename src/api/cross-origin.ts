import type { CorsOptions } from '@nestjs/common/interfaces/external/cors-options.interface';

/**
 * For pages of the origins that an admin named. Tokens travel in a header that such a page sets itself: no cookies, so no
 * site can act in the name of a visitor.
 */
export function crossOrigin(origins: readonly string[]): CorsOptions {
  return {
    origin: [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'Last-Event-ID', 'X-Request-Id'],
    exposedHeaders: ['Location', 'Retry-After', 'Content-Disposition', 'X-Request-Id', 'WWW-Authenticate'],
    credentials: false,
    maxAge: 600,
  };
}
