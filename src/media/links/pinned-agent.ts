import { Agent } from 'undici';
import { LinkLimits } from './link-limits';
import { pinnedLookup } from './pinned-lookup';

const MAX_HEADER_BYTES = 32 * 1024;

/**
 * An HTTP client for one request that connects to these addresses whatever its URL's name resolves to by then. The
 * name is still what the server is asked for, and what its certificate has to be for.
 */
export function pinnedAgent(addresses: readonly string[], limits: LinkLimits): Agent {
  return new Agent({
    connect: { lookup: pinnedLookup(addresses), timeout: limits.connectMs, autoSelectFamily: true },
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.idleMs,
    connections: 1,
    pipelining: 1,
    allowH2: false,
    maxHeaderSize: MAX_HEADER_BYTES,
  });
}
