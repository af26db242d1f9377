import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { AuditService } from '../core/audit.service';
import { TokenRole } from '../core/token-store';
import { NeedsRole, Public } from './access.decorators';
import { bearerToken } from './bearer-token';
import { auditOf } from './call-audit';
import { rememberCaller } from './caller';
import { CallerService } from './caller.service';
import { reaches, refusalOf } from './refusal';
import { RefusedCallsService } from './refused-calls.service';
import { SessionService } from './session.service';

/** Asks every call for its token. A route is open only when it says so. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly callers: CallerService,
    private readonly sessions: SessionService,
    private readonly audit: AuditService,
    private readonly refused: RefusedCallsService,
  ) {}

  /**
   * @throws HarkError `unauthorized` without a valid token, `forbidden` where its role does not reach,
   *   `too_many_requests` where too many had none, `service_unavailable` when its issuer cannot be asked
   */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const needed = neededRole(this.reflector, context);
    if (needed === 'nobody') return true;

    const request = context.switchToHttp().getRequest<Request>();
    await this.refused.assertMayTry(request);
    const token = bearerToken(request) ?? (await this.sessions.tokenOf(request));
    const identity = token === undefined ? undefined : await this.callers.identify(token);
    if (reaches(identity, needed)) {
      rememberCaller(request, identity);
      return true;
    }
    const refusal = refusalOf(identity);
    if (!identity) {
      await this.refused.count(request);
      askForToken(context.switchToHttp().getResponse<Response>(), token !== undefined);
    }
    await this.audit.record({
      ...auditOf(this.reflector, context, identity),
      outcome: 'refused',
      code: refusal.code,
    });
    throw refusal;
  }
}

/** What the route asks for, or else its controller. */
function neededRole(
  reflector: Reflector,
  route: Pick<ExecutionContext, 'getHandler' | 'getClass'>,
): TokenRole | 'nobody' {
  for (const target of [route.getHandler(), route.getClass()]) {
    const role = reflector.get(NeedsRole, target);
    if (role !== undefined) return role;
    if (reflector.get(Public, target)) return 'nobody';
  }
  return 'admin';
}

/** RFC 6750, 3: what to send, and whether something was wrong with what was sent. */
function askForToken(response: Response, sent: boolean): void {
  response.setHeader('WWW-Authenticate', `Bearer realm="hark"${sent ? ', error="invalid_token"' : ''}`);
}
