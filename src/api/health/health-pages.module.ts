import { DynamicModule, Module, ModuleMetadata } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { HealthModule } from '../../core/health.module';
import { WebhooksCheck } from '../webhooks/webhooks.check';
import { HealthController } from './health.controller';
import { HttpFarewellService } from './http-farewell.service';
import { PartsService } from './parts.service';

/** The health pages, which every process serves, whatever its roles. */
@Module({})
export class HealthPagesModule {
  /** @param imports modules that give the `WebhookStore` */
  static over(imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: HealthPagesModule,
      imports: [...imports, HealthModule, TerminusModule],
      controllers: [HealthController],
      providers: [HttpFarewellService, PartsService, WebhooksCheck],
    };
  }
}
