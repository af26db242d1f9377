import { DynamicModule, Logger as NestLogger, Module } from '@nestjs/common';
import { Logger, LoggerModule } from 'nestjs-pino';
import { Settings } from '../settings/settings';
import { LogOutput } from './log-output';
import { loggerParams } from './logger-params';

/**
 * Logs. From here on everything that Nest's `Logger` is told goes through pino; create the application with
 * `bufferLogs`, and what was said before goes there, too. A process has one such logger.
 */
@Module({})
export class TelemetryModule {
  constructor(logger: Logger) {
    NestLogger.overrideLogger(logger);
  }

  static of(output: LogOutput = 'stdout'): DynamicModule {
    return {
      module: TelemetryModule,
      imports: [
        LoggerModule.forRootAsync({
          inject: [Settings],
          useFactory: (settings: Settings) => loggerParams(settings, output),
        }),
      ],
    };
  }
}
