import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { AddressInfo, createServer as createRawServer, Server, Socket } from 'node:net';
import { join } from 'node:path';
import { SystemClock } from '../../src/core/clock';
import { AddressGuard } from '../../src/media/links/address-guard';
import { HostResolver } from '../../src/media/links/host-resolver';
import { PinnedLinkFetcher } from '../../src/media/links/link-fetcher.service';
import { LinkLimits } from '../../src/media/links/link-limits';
import { Settings } from '../../src/settings/settings';
import { Attack, outcomeOf } from './attack';

export const MIB = 1024 * 1024;
export const LIMITS = { maxBytes: MIB, maxSeconds: 60 };

export function fetcher(
  allowHosts: readonly string[],
  options: { names?: HostResolver; limits?: Partial<LinkLimits> } = {},
): PinnedLinkFetcher {
  const settings = { media: { allowHosts } } as unknown as Settings;
  const limits = { ...new LinkLimits(), ...options.limits };
  const guard = new AddressGuard(settings, options.names ?? new HostResolver(), limits);
  return new PinnedLinkFetcher(guard, new SystemClock(), limits);
}

/** A server on this machine that means ill, exempt from the refusal of private addresses. */
export interface HostileServer {
  what: string;
  outcome: string;
  /** Answers each request, … */
  answer?: RequestListener;
  /** … or speaks by itself. */
  speak?: (socket: Socket) => void;
  /** Shows the certificate of another host. */
  tls?: true;
  limits?: Partial<LinkLimits>;
  /** The name it is asked for; `127.0.0.1` if not given. */
  name?: string;
  names?: HostResolver;
  /** Bytes that must have arrived, where the file is read. */
  bytes?: number;
  /** Says what else went wrong, if anything did. */
  complaint?: () => string | undefined;
}

export function attacksOf(group: string, servers: readonly HostileServer[]): Attack[] {
  return servers.map((hostile) => ({
    group,
    what: hostile.what,
    outcome: hostile.outcome,
    attempt: () => outcomeOf(() => visit(hostile)),
  }));
}

async function visit(hostile: HostileServer): Promise<string> {
  const server = serverOf(hostile);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    sockets.add(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `${hostile.name ?? '127.0.0.1'}:${(server.address() as AddressInfo).port}`;
  try {
    const link = `${hostile.tls ? 'https' : 'http'}://${host}/`;
    const input = await fetcher([host], hostile).open(link, LIMITS, new AbortController().signal);
    let bytes = 0;
    for await (const chunk of input.stream) bytes += (chunk as Buffer).length;
    if (hostile.bytes !== undefined && bytes !== hostile.bytes) return `read ${bytes} bytes`;
    return hostile.complaint?.() ?? 'read';
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

function serverOf({ speak, answer, tls }: HostileServer): Server {
  if (speak) return createRawServer(speak);
  if (!tls) return createServer(answer);
  const pem = readFileSync(join(__dirname, 'somebody-else.pem'));
  return createTlsServer({ key: pem, cert: pem }, answer);
}
