import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { HarkError } from '../core/errors';
import { TokenRole } from '../core/token-store';
import { NeedsRole, Public } from './access.decorators';
import { rememberCaller } from './caller';
import { TokenService } from './token.service';

const READING = ['GET', 'HEAD', 'OPTIONS'];

/** Asks every call for its token. A route is open only when it says so. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: TokenService,
  ) {}

  /** @throws HarkError `unauthorized` without a valid token, `forbidden` where its role does not reach */
  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const needed = this.needed(context);
    if (needed === 'nobody') return true;

    const request = context.switchToHttp().getRequest<Request>();
    const role = this.roleOf(request);
    if (role === undefined) {
      context.switchToHttp().getResponse<Response>().setHeader('WWW-Authenticate', 'Bearer realm="hark"');
      throw new HarkError(
        'unauthorized',
        'A valid token is needed: send it as "Authorization: Bearer <token>".',
      );
    }
    rememberCaller(request, { role });
    if (role === 'admin' || role === (needed ?? leastRole(request.method))) return true;
    throw new HarkError('forbidden', 'This token may only read. The admin token is needed for this.');
  }

  /** What the route asks for, or else its controller. */
  private needed(context: ExecutionContext): TokenRole | 'nobody' | undefined {
    for (const target of [context.getHandler(), context.getClass()]) {
      const role = this.reflector.get(NeedsRole, target);
      if (role !== undefined) return role;
      if (this.reflector.get(Public, target)) return 'nobody';
    }
    return undefined;
  }

  private roleOf(request: Request): TokenRole | undefined {
    const token = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
    return token === undefined ? undefined : this.tokens.roleOf(token);
  }
}

function leastRole(method: string): TokenRole {
  return READING.includes(method) ? 'viewer' : 'admin';
}
