import { isIP } from 'node:net';
import { readable } from './setting-types';

/** An `http(s)` address without its trailing slashes. */
export const webAddress = readable('must be an address that begins with http:// or https://', (text) => {
  const url = URL.parse(text);
  if (!url || !/^https?:\/\//i.test(text) || url.hash !== '' || url.search !== '') return undefined;
  return text.replace(/\/+$/, '');
});

/** The same with exactly one slash at its end, as Slack's client wants its base. */
export const webAddressWithSlash = webAddress.transform((address) => `${address}/`);

/** Where errors are reported to, as services that speak Sentry's protocol show it: with a key and a number. */
export const reportAddress = readable('must be a DSN such as https://key@sentry.example.org/1', (text) =>
  /^https?:\/\/\w+(:\w+)?@[\w.-]+(:\d+)?\/([\w./-]+\/)?\d+$/.test(text) ? text : undefined,
);

/** `redis://`, or `rediss://` for TLS. */
export const redisAddress = readable('must be an address that begins with redis:// or rediss://', (text) =>
  /^rediss?:\/\//i.test(text) && URL.canParse(text) ? text : undefined,
);

/** `sqlite:<path>` or `postgresql://…`; the short scheme `postgres://` is taken, too. */
export const databaseAddress = readable('must be sqlite:<path of a file> or postgresql://…', (text) => {
  const [, path] = /^sqlite:(?:\/\/(?=\/))?(.+)$/i.exec(text) ?? [];
  // A database in memory would lose every job at a restart.
  if (path !== undefined) return path.startsWith(':') ? undefined : `sqlite:${path}`;
  const server = text.replace(/^postgres(ql)?:\/\//i, 'postgresql://');
  return server.startsWith('postgresql://') && URL.canParse(server) ? server : undefined;
});

/** A name or address to listen on. */
export const listenHost = readable(
  'must be a host name or an IP address, without http:// and port',
  (text) => (isIP(text) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text) ? text : undefined),
);

/** `host:port`, in lower case; IPv6 in brackets. */
export function hostAndPort(text: string): string | undefined {
  const [, host, port] = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+):(\d{1,5})$/i.exec(text) ?? [];
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535) return undefined;
  if (host.startsWith('[') && isIP(host.slice(1, -1)) !== 6) return undefined;
  return `${host}:${Number(port)}`.toLowerCase();
}

/**
 * An OpenID issuer, exactly as it names itself. Without TLS only on this machine: whoever answers in its place would
 * decide who is an admin.
 */
export const issuerAddress = readable(
  'must be an address that begins with https:// (http:// only on this machine)',
  (text) => {
    const url = URL.parse(text);
    if (!url || url.hash !== '' || url.search !== '' || url.username !== '' || url.password !== '')
      return undefined;
    return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)) ? text : undefined;
  },
);

export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

/** A web origin as browsers send it: scheme, host and port. Undefined for anything more, and for `*`. */
export function webOrigin(text: string): string | undefined {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return undefined;
  return /^\w+:\/\/[^/?#*]+\/?$/.test(text) ? url.origin : undefined;
}

/** An address or a network such as `10.0.0.0/8`. */
export function network(text: string): string | undefined {
  const [address = '', bits, ...rest] = text.split('/');
  const widest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  if (widest < 0 || rest.length > 0) return undefined;
  if (bits === undefined) return text;
  return /^\d{1,3}$/.test(bits) && Number(bits) <= widest ? text : undefined;
}
