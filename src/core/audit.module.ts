import { DynamicModule, Module, ModuleMetadata } from '@nestjs/common';
import { AuditService } from './audit.service';

/** Imported by everybody who has something to write down. */
@Module({})
export class AuditModule {
  /** @param ports modules that provide the `AuditLog` and the `Clock` */
  static over(ports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return { module: AuditModule, imports: ports, providers: [AuditService], exports: [AuditService] };
  }
}
