import { Injectable } from '@nestjs/common';
import { Dispatcher } from 'undici';
import { Clock } from '../../core/clock';
import { HarkError } from '../../core/errors';
import { LinkFetcher, MediaInput, MediaLimits } from '../../core/media';
import { TimeLimit } from '../../core/time-limit';
import { tooLarge } from '../spool';
import { AddressGuard, SafeLink } from './address-guard';
import { bodyOf } from './link-body';
import { noReply, refusedLink, statusError } from './link-errors';
import { LinkLimits } from './link-limits';
import { pinnedAgent } from './pinned-agent';
import { header, nameOf } from './reply-headers';

const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

interface Reply {
  link: SafeLink;
  response: Dispatcher.ResponseData;
  /** Ends the connection. */
  end: () => void;
}

/** Fetches links; every address on the way is checked first and connected to as it was checked. */
@Injectable()
export class PinnedLinkFetcher extends LinkFetcher {
  constructor(
    private readonly guard: AddressGuard,
    private readonly clock: Clock,
    private readonly limits: LinkLimits,
  ) {
    super();
  }

  async check(url: string): Promise<void> {
    await this.guard.admit(url);
  }

  async open(
    url: string,
    limits: MediaLimits,
    signal: AbortSignal,
    headers: Record<string, string> = {},
  ): Promise<MediaInput> {
    const limit = new TimeLimit(this.limits.totalMs);
    try {
      const deadline = AbortSignal.any([signal, limit.signal]);
      const input = this.inputOf(await this.follow(url, headers, deadline, signal), limits);
      input.stream.once('close', () => limit.lift());
      return input;
    } catch (error) {
      limit.lift();
      throw error;
    }
  }

  /** Asks for the link, and for what it leads on to. */
  private async follow(
    url: string,
    headers: Record<string, string>,
    deadline: AbortSignal,
    signal: AbortSignal,
  ): Promise<Reply> {
    const first = await this.guard.admit(url);
    let reply = await this.request(first, headers, deadline, signal);
    for (let hops = 0; REDIRECTS.has(reply.response.statusCode); hops++) {
      discard(reply);
      const location = header(reply.response, 'location');
      if (location === undefined || hops === MAX_REDIRECTS) {
        throw refusedLink('That link leads round in circles instead of to a file.');
      }
      const next = await this.guard.admit(location, reply.link.url);
      reply = await this.request(next, sameOrigin(next, first) ? headers : {}, deadline, signal);
    }
    return reply;
  }

  private async request(
    link: SafeLink,
    headers: Record<string, string>,
    deadline: AbortSignal,
    signal: AbortSignal,
  ): Promise<Reply> {
    const agent = pinnedAgent(link.addresses, this.limits);
    const end = (): void => void agent.destroy().catch(() => undefined);
    const { origin, pathname, search, host } = link.url;
    try {
      const response = await agent.request({
        origin,
        path: pathname + search,
        method: 'GET',
        headers: { 'user-agent': 'hark', accept: '*/*', 'accept-encoding': 'identity', ...headers },
        signal: deadline,
      });
      return { link, response, end };
    } catch (error) {
      end();
      signal.throwIfAborted();
      throw noReply(host, error);
    }
  }

  private inputOf({ link, response, end }: Reply, { maxBytes }: MediaLimits): MediaInput {
    const { host } = link.url;
    try {
      if (response.statusCode < 200 || response.statusCode > 299) {
        throw statusError(response.statusCode, host, header(response, 'retry-after'), this.clock.now());
      }
      const encoding = header(response, 'content-encoding');
      const length = encoding === undefined ? Number(header(response, 'content-length') ?? NaN) : NaN;
      if (length > maxBytes) throw tooLarge(maxBytes);
      const stream = bodyOf(response.body, encoding, maxBytes, host);
      stream.once('close', () => discard({ response, end }));
      return {
        stream,
        bytes: Number.isInteger(length) ? length : undefined,
        name: nameOf(response, link.url),
        mimeType: header(response, 'content-type'),
      };
    } catch (error) {
      discard({ response, end });
      throw HarkError.from(error);
    }
  }
}

/** Nobody reads the body: what becomes of it is of no interest. */
function discard({ response, end }: Pick<Reply, 'response' | 'end'>): void {
  response.body.on('error', () => undefined).destroy();
  end();
}

function sameOrigin(one: SafeLink, other: SafeLink): boolean {
  return one.url.origin === other.url.origin;
}
