import { DynamicModule, Module, ModuleMetadata } from '@nestjs/common';
import { GuardedMetricsController, OpenMetricsController } from './metrics.controllers';

/** `GET /metrics`, which every process serves, whatever its roles. */
@Module({})
export class MetricsPageModule {
  /**
   * @param open to anybody, or only to who has a token
   * @param imports modules that give the `MetricsPage`
   */
  static over(open: boolean, imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    const controller = open ? OpenMetricsController : GuardedMetricsController;
    return { module: MetricsPageModule, imports, controllers: [controller] };
  }
}
