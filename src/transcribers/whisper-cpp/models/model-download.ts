import { createWriteStream } from 'node:fs';
import { readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { HarkError } from '../../../core/errors';
import { orAborted } from '../../or-aborted';
import { verifyFile } from './checksum';
import { ModelResponse, requestModel, TransferError } from './model-request';
import { ModelPin } from './stock-models';

const ATTEMPTS = 8;
const BACKOFF = { initialDelay: 200, maxDelay: 15_000 };

/**
 * Downloads one model file: into `<target>.part`, on from what an earlier download left there, and under its name only
 * once it is whole and right. Use under a lock.
 */
export class ModelDownload {
  private readonly part: string;

  constructor(
    private readonly pin: ModelPin,
    private readonly url: URL,
    private readonly target: string,
    private readonly onProgress: (receivedBytes: number, totalBytes?: number) => void,
  ) {
    this.part = partOf(target);
  }

  /**
   * @throws HarkError `model_not_found`, `model_download_failed`, `model_corrupt` (what came is deleted) or
   * `storage_full`, and the abort reason
   */
  async run(signal: AbortSignal): Promise<void> {
    const attempts = retry(
      handleWhen((error) => !signal.aborted && isPassing(error)),
      { maxAttempts: ATTEMPTS - 1, backoff: new ExponentialBackoff(BACKOFF) },
    ).execute(() => this.attempt(signal), signal);
    try {
      await orAborted(attempts, signal);
    } catch (error) {
      throw signal.aborted ? signal.reason : this.explained(error);
    }
    await this.accept(signal);
  }

  private async attempt(signal: AbortSignal): Promise<void> {
    const have = { bytes: await sizeOf(this.part), validator: await this.validator() };
    if (this.pin.bytes !== undefined && have.bytes === this.pin.bytes) return;
    const response = await requestModel(this.pin.name, this.url, have, signal);
    await this.checkSize(response);
    if (response.from === 0) await this.rememberValidator(response.validator);
    let received = response.from;
    const total = response.total ?? this.pin.bytes;
    const counter = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        received += chunk.length;
        this.onProgress(received, total);
        done(null, chunk);
      },
    });
    const file = createWriteStream(this.part, { flags: response.from === 0 ? 'w' : 'a' });
    await pipeline(response.body, counter, file, { signal });
    if (total !== undefined && received < total) throw new TransferError(`${received} of ${total} bytes`);
  }

  /** Before anything is written: a page of a portal instead of the file, or a disk that cannot hold it. */
  private async checkSize({ body, from, total }: ModelResponse): Promise<void> {
    const { name, bytes } = this.pin;
    if (bytes !== undefined && total !== undefined && total !== bytes) {
      await body.dump();
      throw new HarkError(
        'model_download_failed',
        `${this.url.host} offers something else as the model ${name}: expected ${bytes} bytes, found ${total}.`,
        { params: { model: name, expected: bytes, actual: total } },
      );
    }
    const { bavail, bsize } = await statfs(dirname(this.target));
    if (total !== undefined && total - from > bavail * bsize) throw storageFull();
  }

  private async accept(signal: AbortSignal): Promise<void> {
    try {
      await verifyFile(this.part, this.pin, signal);
    } catch (error) {
      if (!signal.aborted) await this.discard();
      throw error;
    }
    await rename(this.part, this.target);
    await this.discard();
  }

  private async discard(): Promise<void> {
    await Promise.all([this.part, this.validatorFile].map((path) => rm(path, { force: true })));
  }

  private explained(error: unknown): unknown {
    if (error instanceof HarkError) return error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT') return storageFull();
    const { host } = this.url;
    const sentence = `The model ${this.pin.name} could not be downloaded from ${host}. What has come is kept.`;
    return new HarkError('model_download_failed', sentence, {
      retryable: true,
      params: { model: this.pin.name },
      cause: error,
    });
  }

  private async validator(): Promise<string | undefined> {
    return readFile(this.validatorFile, 'utf8').catch(() => undefined);
  }

  private async rememberValidator(validator?: string): Promise<void> {
    if (validator === undefined) await rm(this.validatorFile, { force: true });
    else await writeFile(this.validatorFile, validator);
  }

  private get validatorFile(): string {
    return `${this.part}.etag`;
  }
}

/** Everything but an answer that will be the same again, or a disk that takes nothing more. */
function isPassing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return !(error instanceof HarkError) && code !== 'ENOSPC' && code !== 'EDQUOT' && code !== 'EACCES';
}

function storageFull(): HarkError {
  return new HarkError('storage_full', 'There is not enough room on the disk for the model.');
}

/** Where a download grows. */
export function partOf(target: string): string {
  return `${target}.part`;
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
