import { Injectable, Logger } from '@nestjs/common';
import { ErrorReports } from './error-reports.service';

/** Errors that nobody caught. What the process was doing is unknown then: it ends, and others take up its work. */
@Injectable()
export class CrashReport {
  private readonly logger = new Logger('hark');
  private ending = false;

  constructor(private readonly reports: ErrorReports) {}

  /** From now on such an error stands in the log, masked as everything there, is reported, and ends the process. */
  watch(): void {
    process.on('uncaughtException', (error) => void this.end(error));
  }

  private async end(err: Error): Promise<void> {
    if (this.ending) return;
    this.ending = true;
    this.logger.fatal({ err, msg: 'Nobody caught this error: the process ends' });
    await this.reports.onApplicationShutdown().catch(() => undefined);
    process.exit(1);
  }
}
