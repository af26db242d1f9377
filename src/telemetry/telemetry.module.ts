import { DynamicModule, Logger as NestLogger, Module } from '@nestjs/common';
import { Logger, LoggerModule } from 'nestjs-pino';
import { FactsModule } from '../core/facts.module';
import { Settings } from '../settings/settings';
import { LogOutput, openLogOutput } from './log-output';
import { loggerParams } from './logger-params';
import { NoteLog } from './note-log';
import { ErrorReports } from './reports/error-reports.service';
import { ReportsModule } from './reports/reports.module';
import { TracesService } from './traces/traces.service';

/**
 * Logs, traces and reports of errors. From here on everything that Nest's `Logger` is told goes through pino; create the
 * application with `bufferLogs`, and what was said before goes there, too. A process has one such logger.
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
        FactsModule,
        LoggerModule.forRootAsync({
          imports: [ReportsModule],
          inject: [Settings, ErrorReports],
          useFactory: async (settings: Settings, reports: ErrorReports) =>
            loggerParams(settings, await reports.watch(openLogOutput(output, settings.log.format))),
        }),
      ],
      providers: [NoteLog, TracesService],
    };
  }
}
