/** The address of a Redis without its password, for logs and reports. */
export function maskRedisUrl(url: string): string {
  if (!URL.canParse(url)) return 'redis://…';
  const { protocol, username, password, host, pathname } = new URL(url);
  const who = username || password ? `${username}${password && ':***'}@` : '';
  return `${protocol}//${who}${host}${pathname.replace(/\/$/, '')}`;
}

/** Everything that hark keeps in Redis begins so. */
export const BULL_PREFIX = 'hark:bull';
export const LANES_PREFIX = 'hark:lanes';
export const LEADER_PREFIX = 'hark:leader';

/** Redis shares channels between its numbered databases, and so two services on one Redis would hear each other. */
export function eventsChannel(url: string): string {
  const database = URL.canParse(url) ? new URL(url).pathname.slice(1) : '';
  return `hark:events:${database || '0'}`;
}
