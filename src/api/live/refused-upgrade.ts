import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { HarkError } from '../../core/errors';
import { problemOf } from '../problems/problem.mapper';

/** Answers a request for a WebSocket as any call is answered: with a problem document. */
export function refuseUpgrade(socket: Duplex, error: HarkError): void {
  const problem = problemOf(error, new Date());
  const { status, retryAfter } = problem;
  const body = Buffer.from(JSON.stringify(problem));
  const headers = {
    'Content-Type': 'application/problem+json',
    'Content-Length': body.length,
    'Cache-Control': 'no-store',
    Connection: 'close',
    ...(retryAfter !== undefined && { 'Retry-After': retryAfter }),
    ...(status === 401 && { 'WWW-Authenticate': 'Bearer realm="hark"' }),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.write([`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', ''].join('\r\n'));
  socket.end(body, () => socket.destroy());
}
