import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Clock } from '../core/clock';
import { HarkError } from '../core/errors';
import { SessionStore } from '../core/session-store';
import { Caller } from './caller';
import { CallerService } from './caller.service';
import { isOwnPage, secretIn } from './session-cookie';
import { makeSecret, seal, sessionId, unseal } from './session-seal';

const DAYS = 7;
export const SESSION_MS = DAYS * 24 * 3_600_000;

/**
 * Browsers that have signed in with a token. The token is kept sealed, with a key that only the browser has: neither the
 * database nor the browser alone knows it. It is checked anew at every call, so a session ends when its token does.
 */
@Injectable()
export class SessionService {
  constructor(
    private readonly store: SessionStore,
    private readonly callers: CallerService,
    private readonly clock: Clock,
  ) {}

  /**
   * The secret for the browser to keep.
   *
   * @throws HarkError `unauthorized` when it is nobody's token, `forbidden` when it opens nothing
   */
  async open(token: string): Promise<{ secret: string; caller: Caller }> {
    const identity = await this.callers.identify(token);
    if (!identity) throw new HarkError('unauthorized', 'This token is not, or no longer, valid.');
    const { role } = identity;
    if (!role)
      throw new HarkError(
        'forbidden',
        'This account has no role in hark: an administrator of the identity provider can give it one.',
      );
    const secret = makeSecret();
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + SESSION_MS);
    await this.store.add({ id: sessionId(secret), sealed: seal(token, secret), expiresAt }, now);
    return { secret, caller: { ...identity, role } };
  }

  /** The token that the browser has signed in with; undefined where another page is behind the call. */
  async tokenOf(request: Request): Promise<string | undefined> {
    const secret = secretIn(request);
    if (secret === undefined || !isOwnPage(request)) return undefined;
    const session = await this.store.find(sessionId(secret), this.clock.now());
    return session && unseal(session.sealed, secret);
  }

  /** Who is behind the call: undefined when nobody is signed in. */
  async callerOf(request: Request): Promise<Caller | undefined> {
    const token = await this.tokenOf(request);
    const identity = token === undefined ? undefined : await this.callers.identify(token);
    return identity?.role && { ...identity, role: identity.role };
  }

  /** For good, wherever its secret is kept. */
  async close(request: Request): Promise<void> {
    const secret = secretIn(request);
    if (secret !== undefined) await this.store.remove(sessionId(secret));
  }
}
