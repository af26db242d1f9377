import { IPv6, parse } from 'ipaddr.js';

/** All of the IPv6 internet that has been given out so far. */
const GLOBAL_IPV6: [IPv6, number] = [IPv6.parse('2000::'), 3];
/** Public by number, but answered by the machine's own host: Azure's metadata and agent service. */
const LOCAL_SERVICES = new Set(['168.63.129.16']);

/**
 * Whether an address is one of the open internet, after the registries of special-purpose addresses of IANA. IPv6
 * addresses that carry an IPv4 address (mapped, translated, 6to4, Teredo) are not: what is behind them depends on the
 * network hark stands in.
 */
export function isPublicAddress(address: string): boolean {
  const parsed = parse(address);
  if (parsed.range() !== 'unicast' || LOCAL_SERVICES.has(parsed.toString())) return false;
  return !(parsed instanceof IPv6) || parsed.match(GLOBAL_IPV6);
}
