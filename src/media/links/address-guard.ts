import { Injectable } from '@nestjs/common';
import { isIP } from 'node:net';
import { Settings } from '../../settings/settings';
import { HostResolver } from './host-resolver';
import { LinkLimits } from './link-limits';
import { invalidLink, refusedLink, unreachableLink } from './link-errors';
import { isPublicAddress } from './public-address';

/** Below 1024 the web lives on these two; all else there is mail, files and other services that are not for hark. */
const WEB_PORTS = new Set([80, 443]);
const FIRST_FREE_PORT = 1_024;
const MAX_LENGTH = 8_192;

/** A link that may be followed, and the addresses, found out once, that it is followed to. */
export interface SafeLink {
  url: URL;
  addresses: string[];
}

/** Decides which links may be followed. */
@Injectable()
export class AddressGuard {
  constructor(
    private readonly settings: Settings,
    private readonly resolver: HostResolver,
    private readonly limits: LinkLimits,
  ) {}

  /**
   * @param base what a relative link is relative to
   * @throws HarkError `link_invalid`, `link_refused`, `link_unreachable`
   */
  async admit(link: string, base?: URL): Promise<SafeLink> {
    const url = parse(link, base);
    const host = hostOf(url);
    const port = portOf(url);
    const exempt = this.isExempt(url);
    if (!exempt && port < FIRST_FREE_PORT && !WEB_PORTS.has(port)) {
      throw refusedLink('hark does not fetch files from that port.');
    }
    const addresses = isIP(host) ? [host] : await this.resolve(host);
    // one private address among public ones is how a name is turned against the network hark stands in
    if (!exempt && !addresses.every(isPublicAddress)) {
      throw refusedLink('That link leads into a private network, where hark does not go.');
    }
    return { url, addresses };
  }

  /** Whether an admin has named this host and port in MEDIA_ALLOW_HOSTS. */
  isExempt(url: URL): boolean {
    const { allowHosts } = this.settings.media;
    return [hostOf(url), url.hostname].some((name) => allowHosts.includes(`${name}:${portOf(url)}`));
  }

  private async resolve(host: string): Promise<string[]> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => late.reject(new Error('The name server does not answer')),
      this.limits.resolveMs,
    );
    try {
      const addresses = await Promise.race([this.resolver.addressesOf(host), late.promise]);
      if (addresses.length === 0) throw new Error('The name has no address');
      return addresses;
    } catch (error) {
      throw unreachableLink(host, error);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Without the brackets of IPv6. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function portOf({ port, protocol }: URL): number {
  return Number(port === '' ? (protocol === 'https:' ? 443 : 80) : port);
}

/** A link that is not right is the asker's mistake; one that a good link leads on to is not. */
function parse(link: string, base?: URL): URL {
  const refuse = base ? refusedLink : invalidLink;
  const wellFormed = link.length <= MAX_LENGTH && URL.canParse(link, base?.href);
  if (!wellFormed) throw refuse('That is not a link.');
  const url = new URL(link, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refuse('A link has to begin with http:// or https://.');
  }
  if (url.username !== '' || url.password !== '') {
    throw refuse('A link must not hold a user name or a password.');
  }
  return url;
}
