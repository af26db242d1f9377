import { PassThrough, Readable } from 'node:stream';
import { HarkError } from '../../core/errors';

/**
 * The same bytes, with its failures as errors of the family. A failure before anybody reads waits for the reader, and
 * whoever stops reading ends the source.
 */
export function guarded(source: Readable, toError: (cause: unknown) => HarkError): Readable {
  const guard = new PassThrough();
  // Without a listener an early failure would end the process.
  guard.on('error', () => undefined);
  guard.once('close', () => source.destroy());
  source.on('error', (error) => guard.destroy(toError(error)));
  source.pipe(guard);
  return guard;
}
