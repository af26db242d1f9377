import { DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { NestExpressApplication } from '@nestjs/platform-express';
import { AccessModule } from './access/access.module';
import { ApiModule } from './api/api.module';
import { configureApi } from './api/configure-api';
import { HealthPagesModule } from './api/health/health-pages.module';
import { MetricsPageModule } from './api/metrics/metrics-page.module';
import { OpenAiModule } from './api/openai/openai.module';
import { configureConsole } from './console/configure-console';
import { AuditModule } from './core/audit.module';
import { ClockModule } from './core/clock.module';
import { CoreModule } from './core/core.module';
import { FactsModule } from './core/facts.module';
import { HealthModule } from './core/health.module';
import { addressTaken, databaseAnswers } from './database-wait';
import { LocalesModule } from './locales/locales.module';
import { MediaModule } from './media/media.module';
import { PlatformsModule } from './platforms';
import { PolicyModule } from './policy.module';
import { QueueModule } from './queue/queue.module';
import { Settings } from './settings/settings';
import { SettingsModule } from './settings/settings.module';
import { StorageModule } from './storage/storage.module';
import { SummarizersModule } from './summarizers/summarizers.module';
import { MetricsModule } from './telemetry/metrics/metrics.module';
import { CrashReport } from './telemetry/reports/crash-report.service';
import { TelemetryModule } from './telemetry/telemetry.module';
import { TranscribersModule } from './transcribers/transcribers.module';

/** hark, put together as the settings want it. Rooms get the ports they need from here, never from each other. */
@Module({})
export class AppModule {
  static with(settings: Settings): DynamicModule {
    const audit = AuditModule.over([StorageModule, ClockModule]);
    const access = AccessModule.of(StorageModule, ClockModule, audit);
    const queue = QueueModule.register({
      redis: settings.redisUrl !== undefined,
      board: settings.roles.has('api') ? access : undefined,
      imports: [StorageModule, PolicyModule, ClockModule, HealthModule],
    });
    const ports = [
      audit,
      StorageModule,
      queue,
      MediaModule,
      TranscribersModule,
      SummarizersModule,
      LocalesModule,
      PolicyModule,
      ClockModule,
      FactsModule,
      HealthModule,
    ];
    const useCases = [CoreModule.over(ports), ...ports];
    return {
      module: AppModule,
      imports: [
        SettingsModule.of(settings),
        TelemetryModule.of(),
        access,
        HealthPagesModule.over([StorageModule]),
        MetricsPageModule.over(settings.metricsOpen, [MetricsModule.over([queue])]),
        ...useCases,
        PlatformsModule.register(settings, useCases),
        ...(settings.roles.has('api')
          ? [ApiModule.over([...useCases, access]), OpenAiModule.over([...useCases, access])]
          : []),
      ],
    };
  }
}

/**
 * The service, listening, as soon as its database answers. Undefined when `signal` fires before.
 *
 * @throws HarkError `service_unavailable` when waiting does not help, or the address is taken
 */
export async function openService(
  settings: Settings,
  signal: AbortSignal,
): Promise<NestExpressApplication | undefined> {
  if (!(await databaseAnswers(settings, signal))) return undefined;
  const service = await createService(settings);
  service.get(CrashReport, { strict: false }).watch();
  try {
    await service.listen(settings.port, settings.host);
  } catch (cause) {
    await service.close();
    throw addressTaken(settings.host, settings.port, cause);
  }
  if (!signal.aborted) return service;
  // It came before anybody could hear it.
  await service.close();
  return undefined;
}

/** The service, ready to listen. It ends in order on SIGTERM and SIGINT. */
export async function createService(settings: Settings): Promise<NestExpressApplication> {
  const service = await NestFactory.create<NestExpressApplication>(AppModule.with(settings), {
    bufferLogs: true,
    abortOnError: false,
  });
  service.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
  configureApi(service);
  configureConsole(service);
  return service;
}
