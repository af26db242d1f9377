import { HarkError } from '../core/errors';
import { TokenRole } from '../core/token-store';
import { Caller, Identity } from './caller';

const REACH: Record<TokenRole, readonly TokenRole[]> = { admin: ['admin', 'viewer'], viewer: ['viewer'] };

/** Whether it is somebody with at least this role. */
export function reaches(identity: Identity | undefined, needed: TokenRole): identity is Caller {
  return identity?.role !== undefined && REACH[identity.role].includes(needed);
}

/** Why somebody who is not let in is not let in. */
export function refusalOf(identity: Identity | undefined): HarkError {
  if (!identity) {
    const sentence = 'A valid token is needed: send it as "Authorization: Bearer <token>".';
    return new HarkError('unauthorized', sentence);
  }
  const sentence = identity.role
    ? 'This token may only read. The admin token is needed for this.'
    : 'This account has no role in hark: an administrator of the identity provider can give it one.';
  return new HarkError('forbidden', sentence);
}
