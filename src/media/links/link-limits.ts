import { Injectable } from '@nestjs/common';

/** How long each step of a download may take, in milliseconds. */
@Injectable()
export class LinkLimits {
  readonly resolveMs: number = 10_000;
  readonly connectMs: number = 10_000;
  /** From the request to the reply's headers. */
  readonly headersMs: number = 20_000;
  /** Between two bytes of the body. */
  readonly idleMs: number = 30_000;
  /** All of it, redirects too: a server that drips a byte now and then gets no further. */
  readonly totalMs: number = 15 * 60_000;
  /** From a webhook's request to its answer. */
  readonly postMs: number = 15_000;
}
