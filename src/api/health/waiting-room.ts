import { once } from 'node:events';
import { IncomingMessage, Server, ServerResponse, createServer } from 'node:http';
import { HarkError } from '../../core/errors';
import { problemOf } from '../problems/problem.mapper';

/** Answers in the place of a service that waits for what it cannot start without: it lives, but is not ready. */
export class WaitingRoom {
  private readonly server: Server;

  /** @param reason what is missing; may change */
  constructor(public reason: HarkError) {
    this.server = createServer((request, response) => this.answer(request, response));
  }

  /** @throws the error of the system when the address is taken */
  async open(port: number, host: string): Promise<void> {
    this.server.listen(port, host);
    await once(this.server, 'listening');
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = URL.parse(request.url ?? '/', 'http://hark')?.pathname;
    if (path === '/health/live') return send(response, 200, { status: 'ok' });
    if (path === '/health/ready') return send(response, 503, this.notReady());
    const problem = problemOf(this.reason, new Date());
    send(response, problem.status, problem, 'application/problem+json');
  }

  /** As the real page has it. */
  private notReady(): object {
    const database = { status: 'down', state: 'broken', detail: this.reason.userMessage };
    return { status: 'error', info: {}, error: { database }, details: { database } };
  }
}

function send(response: ServerResponse, status: number, body: object, type = 'application/json'): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
