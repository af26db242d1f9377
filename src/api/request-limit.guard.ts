import { ExecutionContext, Injectable } from '@nestjs/common';
import { ThrottlerGuard, ThrottlerLimitDetail, ThrottlerModuleOptions } from '@nestjs/throttler';
import type { Request } from 'express';
import { callerOf } from '../access/caller';
import { HarkError } from '../core/errors';

/** Far more than people and their programs need; it stops loops that have gone wild. */
export const REQUEST_LIMITS: ThrottlerModuleOptions = { throttlers: [{ ttl: 60_000, limit: 600 }] };

/** Counts the calls of each token from each address, over all routes together. */
@Injectable()
export class RequestLimitGuard extends ThrottlerGuard {
  protected override getTracker(request: Request): Promise<string> {
    return Promise.resolve(`${callerOf(request)?.id ?? 'nobody'} ${request.ip}`);
  }

  protected override generateKey(_context: ExecutionContext, tracker: string, name: string): string {
    return `${name} ${tracker}`;
  }

  protected override throwThrottlingException(
    _context: ExecutionContext,
    { timeToBlockExpire }: ThrottlerLimitDetail,
  ): Promise<void> {
    const retryAt = new Date(Date.now() + timeToBlockExpire * 1000);
    const sentence = 'Too many requests in one minute; wait a little.';
    return Promise.reject(new HarkError('too_many_requests', sentence, { retryable: true, retryAt }));
  }
}
