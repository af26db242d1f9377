import { DynamicModule, Module, ModuleMetadata } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AccessGuard } from './access.guard';
import { AuditInterceptor } from './audit.interceptor';
import { CallerService } from './caller.service';
import { HealthModule } from '../core/health.module';
import { IdentityCheck } from './oidc/identity.check';
import { OidcLimits } from './oidc/oidc-limits';
import { OidcTokenService } from './oidc/oidc-token.service';
import { RefusedCallsService } from './refused-calls.service';
import { AdminDoor } from './admin-door';
import { SessionService } from './session.service';
import { TokenService } from './token.service';
import { UpgradeDoor } from './upgrade-door';

/** Guards every route of the application, and writes down what was done. */
@Module({})
export class AccessModule {
  /** @param imports modules that give the `TokenStore`, the `SessionStore`, the `Clock` and the `AuditService` */
  static of(...imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: AccessModule,
      imports: [...imports, HealthModule],
      providers: [
        TokenService,
        OidcLimits,
        OidcTokenService,
        IdentityCheck,
        CallerService,
        SessionService,
        RefusedCallsService,
        AdminDoor,
        UpgradeDoor,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: AuditInterceptor },
      ],
      exports: [TokenService, CallerService, SessionService, AdminDoor, UpgradeDoor, RefusedCallsService],
    };
  }
}
