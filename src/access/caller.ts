import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { HarkError } from '../core/errors';
import { TokenRole } from '../core/token-store';

/** Somebody whose token is genuine, whatever it opens. */
export interface Identity {
  /** `admin` and `viewer` for hark's own tokens, `oidc:<subject>` for those of an issuer. */
  id: string;
  /** For people to read. */
  name?: string;
  /** Undefined: known, but with no role here. */
  role?: TokenRole;
}

/** Who makes a call, as the guard found out. */
export interface Caller extends Identity {
  role: TokenRole;
}

const callers = new WeakMap<Request, Caller>();

export function rememberCaller(request: Request, caller: Caller): void {
  callers.set(request, caller);
}

/** Undefined where the route is public. */
export function callerOf(request: Request): Caller | undefined {
  return callers.get(request);
}

/** On a parameter of a guarded route: the `Caller`. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const caller = callerOf(context.switchToHttp().getRequest<Request>());
  if (!caller) throw new HarkError('unauthorized', 'A valid token is needed.');
  return caller;
});
