import { Reflector } from '@nestjs/core';
import type { AuditAction } from '../core/audit-log';
import type { TokenRole } from '../core/token-store';

/** On a controller or route: anybody may call it, without a token. */
export const Public = Reflector.createDecorator<void, boolean>({ transform: () => true });

/** On a controller or route: the least role that may call it. One that says nothing is for admins only. */
export const NeedsRole = Reflector.createDecorator<TokenRole>();

/**
 * On a route: what the audit log calls it. For every call that changes something, or shows what people said. What it was
 * done to is the `id` in the path, or else that of the answer.
 */
export const Audited = Reflector.createDecorator<AuditAction>();
