import { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { AuditEvent } from '../core/audit-log';
import { Audited } from './access.decorators';
import { Identity } from './caller';

const ID_LENGTH = 64;

/** Who makes a call, from where, and what it is. Nothing of what was sent but the id in its path. */
export function auditOf(
  reflector: Reflector,
  context: ExecutionContext,
  caller: Identity | undefined,
): Omit<AuditEvent, 'outcome'> {
  const request = context.switchToHttp().getRequest<Request>();
  const action = reflector.get(Audited, context.getHandler()) ?? 'call';
  const target = idOf(request.params);
  return {
    actor: caller ? `api:${caller.id}` : 'nobody',
    ...(caller?.role && { role: caller.role }),
    ...(request.ip !== undefined && { address: request.ip.replace(/^::ffff:(?=\d+\.)/i, '') }),
    action,
    ...(target !== undefined && { target }),
    ...(action === 'call' && { detail: `${request.method} ${patternOf(request)}` }),
  };
}

/** The `id` of anything that has one, if it could be one of ours. */
export function idOf(of: unknown): string | undefined {
  const id: unknown = typeof of === 'object' && of !== null && 'id' in of ? of.id : undefined;
  return typeof id === 'string' && id.length <= ID_LENGTH ? id : undefined;
}

/** The route as it is declared: what strangers write into addresses is not kept. */
function patternOf({ route }: Request): string {
  return (route as { path: string }).path;
}
