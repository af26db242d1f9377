import { LookupFunction } from 'node:net';
import { Agent } from 'undici';

/** How long each step of a download may take, in milliseconds. */
export const LINK_TIMEOUTS = { connect: 10_000, headers: 20_000, idle: 30_000, total: 15 * 60_000 };

/**
 * An HTTP client for one request that connects to these addresses whatever its URL's name resolves to by then. The
 * name is still what the server is asked for, and what its certificate has to be for.
 */
export function pinnedAgent(addresses: readonly string[]): Agent {
  const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const lookup: LookupFunction = (_host, { all }, done) => {
    if (all) done(null, found);
    else done(null, found[0]!.address, found[0]!.family);
  };
  return new Agent({
    connect: { lookup, timeout: LINK_TIMEOUTS.connect, autoSelectFamily: true },
    headersTimeout: LINK_TIMEOUTS.headers,
    bodyTimeout: LINK_TIMEOUTS.idle,
    connections: 1,
    pipelining: 1,
    allowH2: false,
    maxHeaderSize: 32 * 1024,
  });
}
