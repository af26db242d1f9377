import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import type { DestinationStream } from 'pino';
import { Settings } from '../../settings/settings';
import { Reporter, openReporter } from './reporter';

/** A receiver that does not answer must not hold up the end. */
const LAST_WORDS_MS = 2_000;
const ERROR_LINE = /"level":"(?:error|fatal)"/;

/** Reports what the log says of errors to a service like Sentry, where an admin wants it. */
@Injectable()
export class ErrorReports implements OnApplicationShutdown {
  private reporter?: Reporter;

  constructor(private readonly settings: Settings) {}

  /** The log's output; what is written to it is reported, too. */
  async watch(output: DestinationStream): Promise<DestinationStream> {
    const { sentry, roles } = this.settings;
    if (!sentry || roles.size === 0) return output;
    const reporter = (this.reporter = await openReporter(sentry));
    return {
      write: (line) => {
        output.write(line);
        if (ERROR_LINE.test(line)) reporter.report(line);
      },
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.reporter?.close(LAST_WORDS_MS);
  }
}
