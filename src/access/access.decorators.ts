import { Reflector } from '@nestjs/core';
import type { TokenRole } from '../core/token-store';

/** On a controller or route: anybody may call it, without a token. */
export const Public = Reflector.createDecorator<void, boolean>({ transform: () => true });

/**
 * On a controller or route: the least role that may call it. Without it reading needs `viewer`, everything else
 * `admin`.
 */
export const NeedsRole = Reflector.createDecorator<TokenRole>();
