import { DynamicModule, Module, ModuleMetadata } from '@nestjs/common';
import { FactsModule } from '../../core/facts.module';
import { HealthModule } from '../../core/health.module';
import { MetricsPage } from '../../core/metrics-page';
import { PrometheusPage } from './prometheus.page';

/** Counts what happens, and provides the page that shows it. */
@Module({})
export class MetricsModule {
  /** @param imports modules that give `JobQueue` and `Leadership` */
  static over(imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: MetricsModule,
      imports: [...imports, FactsModule, HealthModule],
      providers: [{ provide: MetricsPage, useClass: PrometheusPage }],
      exports: [MetricsPage],
    };
  }
}
