import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { AuditService } from '../core/audit.service';
import { HarkError } from '../core/errors';
import { bearerToken } from './bearer-token';
import { CallerService } from './caller.service';
import { RefusedCallsService } from './refused-calls.service';
import { SessionService } from './session.service';

/** In front of pages that are no routes of Nest's, and for admins only. */
@Injectable()
export class AdminDoor {
  constructor(
    private readonly callers: CallerService,
    private readonly sessions: SessionService,
    private readonly audit: AuditService,
    private readonly refused: RefusedCallsService,
  ) {}

  /** Who is not signed in is led to where that can be done. */
  readonly middleware = (request: Request, response: Response, next: NextFunction): void => {
    this.admit(request, response).then(
      (admitted) => admitted && next(),
      (error: unknown) => {
        const { code, userMessage } = HarkError.from(error);
        response
          .status(code === 'too_many_requests' ? 429 : 503)
          .type('text/plain')
          .send(userMessage);
      },
    );
  };

  private async admit(request: Request, response: Response): Promise<boolean> {
    await this.refused.assertMayTry(request);
    const token = bearerToken(request) ?? (await this.sessions.tokenOf(request));
    const caller = token === undefined ? undefined : await this.callers.identify(token);
    const admitted = caller?.role === 'admin';
    await this.audit.record({
      actor: caller ? `api:${caller.id}` : 'nobody',
      ...(caller?.role && { role: caller.role }),
      ...(request.ip !== undefined && { address: request.ip }),
      action: 'queue.read',
      outcome: admitted ? 'done' : 'refused',
      ...(!admitted && { code: caller ? 'forbidden' : 'unauthorized' }),
    });
    if (admitted) return true;
    if (!caller) await this.refused.count(request);
    response.setHeader('Cache-Control', 'no-store');
    if (caller) response.status(403).type('text/plain').send('This is for administrators.');
    else if (request.method === 'GET' && request.accepts(['json', 'html']) === 'html') response.redirect('/');
    else
      response
        .status(401)
        .setHeader('WWW-Authenticate', 'Bearer realm="hark"')
        .type('text/plain')
        .send('Please sign in.');
    return false;
  }
}
