import { destination, DestinationStream } from 'pino';
import { prettyFactory } from 'pino-pretty';

/** Where log lines go: a stream of the process (the command line keeps stdout for results), or any other. */
export type LogOutput = 'stdout' | 'stderr' | DestinationStream;

/** Writes at once, so that nothing is lost when the process dies. */
export function openLogOutput(output: LogOutput, format: 'json' | 'pretty'): DestinationStream {
  const target =
    typeof output === 'string' ? destination({ fd: output === 'stdout' ? 1 : 2, sync: true }) : output;
  if (format === 'json') return target;
  const readable = prettyFactory({
    ignore: 'pid,hostname,context',
    translateTime: 'SYS:HH:MM:ss.l',
    messageFormat: '{if context}[{context}] {end}{msg}',
  });
  return { write: (line) => target.write(readable(line)) };
}
