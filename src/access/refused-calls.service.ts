import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { HarkError } from '../core/errors';

/** Enough for a program that was given the wrong token and asks on; too little for guessing one. */
const REFUSALS = { points: 300, duration: 60 };

/** Counts the calls of each address that brought no valid token. */
@Injectable()
export class RefusedCallsService {
  private readonly limiter = new RateLimiterMemory(REFUSALS);

  /** @throws HarkError `too_many_requests` when the address has been refused too often: also a valid token waits then */
  async assertMayTry(request: Request): Promise<void> {
    const refused = await this.limiter.get(addressOf(request));
    if (!refused || refused.remainingPoints > 0) return;
    const retryAt = new Date(Date.now() + refused.msBeforeNext);
    const sentence = 'Too many calls without a valid token came from this address; wait a minute.';
    throw new HarkError('too_many_requests', sentence, { retryable: true, retryAt });
  }

  async count(request: Request): Promise<void> {
    // It rejects with the count where that is too high; the next call is told.
    await this.limiter.consume(addressOf(request)).catch(() => undefined);
  }
}

function addressOf({ ip }: Request): string {
  return ip ?? 'unknown';
}
