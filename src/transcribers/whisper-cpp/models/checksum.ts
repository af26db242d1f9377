import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { HarkError } from '../../../core/errors';
import { ModelPin } from './stock-models';

/** SHA-256 of a file in hexadecimal. */
async function sha256Of(
  path: string,
  signal?: AbortSignal,
  onBytes?: (bytes: number) => void,
): Promise<string> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, { signal, highWaterMark: 1024 * 1024 })) {
    hash.update(chunk as Buffer);
    onBytes?.((bytes += (chunk as Buffer).length));
  }
  return hash.digest('hex');
}

/**
 * @param onBytes hears how many bytes have been looked at
 * @throws HarkError `model_corrupt` with what was expected and what was found
 */
export async function verifyFile(
  path: string,
  pin: ModelPin,
  signal?: AbortSignal,
  onBytes?: (bytes: number) => void,
): Promise<void> {
  const { size } = await stat(path);
  if (pin.bytes !== undefined && size !== pin.bytes) {
    throw differs(pin, `${pin.bytes} bytes`, `${size}`);
  }
  const sha256 = await sha256Of(path, signal, onBytes);
  if (sha256 !== pin.sha256) throw differs(pin, `SHA-256 ${pin.sha256}`, sha256);
}

function differs({ name }: ModelPin, expected: string, actual: string): HarkError {
  return new HarkError(
    'model_corrupt',
    `The file of the model ${name} is not what it should be: expected ${expected}, found ${actual}. A new download replaces it: hark models pull ${name}`,
    { params: { model: name, expected, actual } },
  );
}
