import { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { AuditEvent, NOBODY } from '../core/audit-log';
import { Audited } from './access.decorators';
import { Identity } from './caller';

/** What an id of ours can look like; strangers may write anything there. */
const ID = /^[\w-]{1,64}$/;
/** What others call people and places: `oidc:auth0|7` is somebody, too. */
const FOREIGN_ID = /^\P{Cc}{1,260}$/u;
const NAME = /^[a-z]{1,20}$/;

/** Who makes a call, from where, and what it is. Nothing of what was sent but the ids in its path. */
export function auditOf(
  reflector: Reflector,
  context: ExecutionContext,
  caller: Identity | undefined,
): Omit<AuditEvent, 'outcome'> {
  const request = context.switchToHttp().getRequest<Request>();
  const action = reflector.get(Audited, context.getHandler()) ?? 'call';
  const target = targetOf(request.params, caller !== undefined);
  return {
    actor: caller ? `api:${caller.id}` : NOBODY,
    ...(caller?.role && { role: caller.role }),
    ...addressIn(request),
    action,
    ...(target !== undefined && { target }),
    ...(action === 'call' && { detail: `${request.method} ${patternOf(request)}` }),
  };
}

/** From where a call comes, if that is known. */
export function addressIn({ ip }: Request): Pick<AuditEvent, 'address'> {
  return ip === undefined ? {} : { address: ip.replace(/^::ffff:(?=\d+\.)/i, '') };
}

/** An id of ours; or `<platform>:<kind>:<id>` of somebody or of a place, for these have the same ids everywhere. */
function targetOf(params: Request['params'], known: boolean): string | undefined {
  const { platform, kind = 'user', id } = params;
  if (platform === undefined || typeof id !== 'string') return idOf(params);
  const named = [platform, kind].every((name) => typeof name === 'string' && NAME.test(name));
  return named && (known ? FOREIGN_ID : ID).test(id)
    ? `${String(platform)}:${String(kind)}:${id}`
    : undefined;
}

/** The `id` of anything that has one. */
export function idOf(of: unknown): string | undefined {
  const id: unknown = typeof of === 'object' && of !== null && 'id' in of ? of.id : undefined;
  return typeof id === 'string' && ID.test(id) ? id : undefined;
}

/** The route as it is declared: what strangers write into addresses is not kept. */
function patternOf({ route }: Request): string {
  return (route as { path: string }).path;
}
