import { DynamicModule, Module, ModuleMetadata } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard';
import { TokenService } from './token.service';

/** Guards every route of the application. */
@Module({})
export class AccessModule {
  /** @param imports modules that give the `TokenStore` */
  static of(...imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: AccessModule,
      imports,
      providers: [TokenService, { provide: APP_GUARD, useClass: AccessGuard }],
      exports: [TokenService],
    };
  }
}
