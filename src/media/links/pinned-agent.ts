import { LookupFunction } from 'node:net';
import { Agent } from 'undici';
import { LinkLimits } from './link-limits';

const MAX_HEADER_BYTES = 32 * 1024;

/**
 * An HTTP client for one request that connects to these addresses whatever its URL's name resolves to by then. The
 * name is still what the server is asked for, and what its certificate has to be for.
 */
export function pinnedAgent(addresses: readonly string[], limits: LinkLimits): Agent {
  const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const lookup: LookupFunction = (_host, { all }, done) => {
    if (all) done(null, found);
    else done(null, found[0]!.address, found[0]!.family);
  };
  return new Agent({
    connect: { lookup, timeout: limits.connectMs, autoSelectFamily: true },
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.idleMs,
    connections: 1,
    pipelining: 1,
    allowH2: false,
    maxHeaderSize: MAX_HEADER_BYTES,
  });
}
