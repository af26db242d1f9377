import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AuditAction, NOBODY } from '../core/audit-log';
import { AuditService } from '../core/audit.service';
import { bearerToken } from './bearer-token';
import { addressIn } from './call-audit';
import { Caller } from './caller';
import { CallerService } from './caller.service';
import { reaches, refusalOf } from './refusal';
import { RefusedCallsService } from './refused-calls.service';
import { isFromOwnPage } from './session-cookie';
import { SessionService } from './session.service';

/** In front of connections that are no calls of Nest's and cause something: WebSockets. For admins only. */
@Injectable()
export class UpgradeDoor {
  constructor(
    private readonly callers: CallerService,
    private readonly sessions: SessionService,
    private readonly audit: AuditService,
    private readonly refused: RefusedCallsService,
  ) {}

  /**
   * Who is behind it. A browser's session counts only where one of hark's own pages asks: browsers open WebSockets to
   * anybody, with cookies, for any page.
   *
   * @throws HarkError as the guard of calls does; that is in the audit log then
   */
  async admit(request: Request, action: AuditAction): Promise<Caller> {
    await this.refused.assertMayTry(request);
    const token = bearerToken(request) ?? (await this.sessionToken(request));
    const identity = token === undefined ? undefined : await this.callers.identify(token);
    if (reaches(identity, 'admin')) return identity;
    if (!identity) await this.refused.count(request);
    const refusal = refusalOf(identity);
    await this.audit.record({
      actor: identity ? `api:${identity.id}` : NOBODY,
      ...(identity?.role && { role: identity.role }),
      ...addressIn(request),
      action,
      outcome: 'refused',
      code: refusal.code,
    });
    throw refusal;
  }

  private sessionToken(request: Request): Promise<string | undefined> {
    return isFromOwnPage(request) ? this.sessions.tokenOf(request) : Promise.resolve(undefined);
  }
}
