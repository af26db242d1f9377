import type { IncomingMessage, Server } from 'node:http';

/** Files may come over slow lines; everything else is small. */
const FILES = /^multipart\/form-data\b/i;
const PATIENCE_MS = 30_000;

/**
 * Hangs up on whoever takes too long to send a body that is no file: such a connection is being held, not used. Also
 * where no token has been asked for yet, and for routes that read their bodies themselves.
 */
export function hangUpOnSlowBodies(server: Server, patienceMs = PATIENCE_MS): void {
  server.on('request', (request: IncomingMessage) => {
    if (!hasBody(request) || FILES.test(request.headers['content-type'] ?? '')) return;
    const timer = setTimeout(() => {
      if (!request.complete) request.destroy();
    }, patienceMs).unref();
    request.once('close', () => clearTimeout(timer));
  });
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
