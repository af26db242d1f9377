import { Injectable } from '@nestjs/common';
import { Clock } from '../../core/clock';
import { PostReply, WebhookPoster } from '../../core/webhook-poster';
import { AddressGuard, SafeLink } from './address-guard';
import { noReply, refusedLink, retryTime } from './link-errors';
import { LinkLimits } from './link-limits';
import { pinnedAgent } from './pinned-agent';
import { header } from './reply-headers';

/** Posts to an address that is checked each time, and connected to as it was checked. */
@Injectable()
export class PinnedWebhookPoster extends WebhookPoster {
  constructor(
    private readonly guard: AddressGuard,
    private readonly clock: Clock,
    private readonly limits: LinkLimits,
  ) {
    super();
  }

  async check(url: string): Promise<void> {
    await this.admit(url);
  }

  async post(
    url: string,
    { headers, body }: { headers: Record<string, string>; body: string },
    signal: AbortSignal,
  ): Promise<PostReply> {
    const link = await this.admit(url);
    const { origin, pathname, search, host } = link.url;
    const agent = pinnedAgent(link.addresses, this.limits);
    try {
      const response = await agent.request({
        origin,
        path: pathname + search,
        method: 'POST',
        headers: { 'user-agent': 'hark', ...headers },
        body,
        signal: AbortSignal.any([signal, AbortSignal.timeout(this.limits.postMs)]),
      });
      response.body.on('error', () => undefined).destroy();
      const retryAt = retryTime(header(response, 'retry-after'), this.clock.now());
      return { status: response.statusCode, ...(retryAt && { retryAt }) };
    } catch (error) {
      signal.throwIfAborted();
      throw noReply(host, error);
    } finally {
      void agent.destroy().catch(() => undefined);
    }
  }

  /** What people said goes over the open network only with TLS; what an admin has exempted is their own network. */
  private async admit(address: string): Promise<SafeLink> {
    const url = URL.parse(address);
    if (url?.protocol === 'http:' && !this.guard.isExempt(url)) {
      throw refusedLink('A webhook needs https://, but for hosts in MEDIA_ALLOW_HOSTS.');
    }
    return this.guard.admit(address);
  }
}
