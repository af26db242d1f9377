import { reportEvent } from './report-event';

/** Sends events to a service that speaks Sentry's protocol. */
export interface Reporter {
  /** @param line of the log, as JSON. Never throws. */
  report(line: string): void;
  /** Resolves when all is sent, or after so many milliseconds. */
  close(milliseconds: number): Promise<void>;
}

/**
 * Sentry's own client without its instrumentation, which would see what passes through hark: only lines of the log are
 * sent. It is loaded here, when it is wanted.
 *
 * @param dsn as the service shows it
 */
export async function openReporter(where: { dsn: string; environment: string }): Promise<Reporter> {
  const [core, server] = await Promise.all([import('@sentry/core'), import('@sentry/core/server')]);
  const stackParser = core.createStackParser(server.nodeStackLineParser());
  const client = new server.ServerRuntimeClient({
    ...where,
    integrations: [],
    stackParser,
    runtime: { name: 'node', version: process.version },
    sendClientReports: false,
    transport: (options) =>
      core.createTransport(options, async ({ body }) => {
        const { status, headers } = await fetch(options.url, {
          method: 'POST',
          body: body as Uint8Array<ArrayBuffer>,
          headers: options.headers,
        });
        return {
          statusCode: status,
          headers: {
            'retry-after': headers.get('retry-after'),
            'x-sentry-rate-limits': headers.get('x-sentry-rate-limits'),
          },
        };
      }),
  });
  client.init();
  return {
    report: (line) => {
      try {
        const event = reportEvent(line, stackParser);
        if (event) client.captureEvent(event);
      } catch {
        // Whatever it was stands in the log.
      }
    },
    close: async (milliseconds) => void (await client.close(milliseconds)),
  };
}
