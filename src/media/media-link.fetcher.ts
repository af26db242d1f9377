import { Injectable } from '@nestjs/common';
import { LinkFetcher, MediaInput, MediaLimits } from '../core/media';
import { PinnedLinkFetcher } from './links/link-fetcher.service';
import { SiteLinks } from './sites/site-links.service';

/** Links to files, and to the sites that the admin has named. */
@Injectable()
export class MediaLinkFetcher extends LinkFetcher {
  constructor(
    private readonly files: PinnedLinkFetcher,
    private readonly sites: SiteLinks,
  ) {
    super();
  }

  check(url: string): Promise<void> {
    return this.files.check(url);
  }

  open(
    url: string,
    limits: MediaLimits,
    signal: AbortSignal,
    headers?: Record<string, string>,
  ): Promise<MediaInput> {
    // what needs headers is a platform's own file
    if (headers === undefined && this.sites.takes(url)) return this.sites.open(url, limits, signal);
    return this.files.open(url, limits, signal, headers);
  }
}
