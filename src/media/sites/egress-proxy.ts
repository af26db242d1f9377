import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, IncomingMessage, request, ServerResponse } from 'node:http';
import { AddressInfo, connect, Socket } from 'node:net';
import { Duplex, Readable } from 'node:stream';
import { HarkError } from '../../core/errors';
import { AddressGuard, SafeLink } from '../links/address-guard';
import { LinkLimits } from '../links/link-limits';
import { pinnedLookup } from '../links/pinned-lookup';
import { forwardedHeaders } from './forwarded-headers';

/** Connections that are open at the same time; a program that fetches one file needs a few. */
const MOST_CONNECTIONS = 32;

/**
 * A proxy on this machine for one program that fetches one file: each address that the program asks for is checked as
 * hark's own downloads are, and connected to as it was checked. It is open to nobody who does not know its password.
 */
export class EgressProxy {
  /** The last refusal. */
  refusal?: HarkError;
  private left: number;
  private readonly secret = `Basic ${Buffer.from(`hark:${randomBytes(24).toString('hex')}`).toString('base64')}`;
  private readonly server = createServer((asked, answer) => void this.forward(asked, answer));
  private readonly sockets = new Set<Duplex>();

  private constructor(
    private readonly guard: AddressGuard,
    private readonly limits: LinkLimits,
    maxBytes: number,
  ) {
    this.left = maxBytes;
    this.server.on('connect', (asked, client) => void this.tunnel(asked, client));
    this.server.on('connection', (socket) => this.hold(socket));
    this.server.maxConnections = MOST_CONNECTIONS;
  }

  /** @param maxBytes that may come in through it, all in all */
  static async open(guard: AddressGuard, limits: LinkLimits, maxBytes: number): Promise<EgressProxy> {
    const proxy = new EgressProxy(guard, limits, maxBytes);
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  /** With its password: for the program's environment, which no other user can look into, and nothing else. */
  get url(): string {
    const login = Buffer.from(this.secret.slice('Basic '.length), 'base64').toString();
    return `http://${login}@127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  /** `CONNECT host:port`: whatever goes through is between the program and that host. */
  private async tunnel(asked: IncomingMessage, client: Duplex): Promise<void> {
    if (!this.isKnown(asked)) return refuse(client, 407);
    try {
      const { url, addresses } = await this.admit(`https://${asked.url}/`);
      const port = Number(url.port || 443);
      const server = connect({ host: url.hostname, port, lookup: pinnedLookup(addresses) });
      this.hold(server).setTimeout(this.limits.idleMs, () => server.destroy());
      await once(server, 'connect', { signal: AbortSignal.timeout(this.limits.connectMs) });
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      this.count(server).pipe(client).pipe(server);
      server.on('close', () => client.destroy());
      client.on('close', () => server.destroy());
    } catch (error) {
      refuse(client, statusOf(error));
    }
  }

  /** `GET http://host/…` */
  private async forward(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    if (!this.isKnown(asked)) return void answer.writeHead(407).end();
    try {
      const { url, addresses } = await this.admit(asked.url ?? '');
      const headers = forwardedHeaders(asked.headers);
      const lookup = pinnedLookup(addresses);
      const out = request(url, { method: asked.method, headers, lookup, agent: false });
      out.on('socket', (socket) => this.hold(socket));
      out.setTimeout(this.limits.idleMs, () => out.destroy());
      answer.on('close', () => out.destroy());
      asked.pipe(out);
      const [reply] = (await once(out, 'response')) as [IncomingMessage];
      out.on('error', () => answer.destroy());
      answer.writeHead(reply.statusCode ?? 502, forwardedHeaders(reply.headers));
      this.count(reply).pipe(answer);
    } catch (error) {
      if (!answer.headersSent) answer.writeHead(statusOf(error), { connection: 'close' });
      answer.end();
    }
  }

  private async admit(link: string): Promise<SafeLink> {
    try {
      return await this.guard.admit(link);
    } catch (error) {
      this.refusal = HarkError.from(error);
      throw error;
    }
  }

  private isKnown({ headers }: IncomingMessage): boolean {
    const given = Buffer.from(headers['proxy-authorization'] ?? '');
    const wanted = Buffer.from(this.secret);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }

  /** The same stream; more than is left to come in ends everything. */
  private count<T extends Readable>(stream: T): T {
    return stream
      .on('data', (chunk: Buffer) => {
        this.left -= chunk.length;
        if (this.left < 0) this.close();
      })
      .on('error', () => undefined);
  }

  private hold(socket: Socket): Socket {
    this.sockets.add(socket);
    return socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
  }
}

function refuse(client: Duplex, status: number): void {
  client.end(`HTTP/1.1 ${status} Refused\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
}

function statusOf(error: unknown): number {
  return error instanceof HarkError && error.code !== 'link_unreachable' ? 403 : 502;
}
