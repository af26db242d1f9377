import { Injectable } from '@nestjs/common';
import { ReadStream } from 'node:fs';
import { DecodedMedia, MediaInput, MediaLimits, MediaReader } from '../core/media';
import { DecodedStream } from './decoded-stream';
import { peek } from './decoder/peek';
import { detectFormat, HEAD_BYTES } from './formats/format-detector';
import { DecoderLimits } from './pool/decoder-limits';
import { DecoderPool } from './pool/decoder-pool.service';
import { Decoding } from './pool/decoding';
import { LocalFile } from './local-file';
import { Spool, tooLarge } from './spool';
import { TemporaryFolder } from './temporary-folder.service';

/** Bounds media, finds their format and has them decoded in a process apart. */
@Injectable()
export class StreamingMediaReader extends MediaReader {
  constructor(
    private readonly pool: DecoderPool,
    private readonly limits: DecoderLimits,
    private readonly folder: TemporaryFolder,
  ) {
    super();
  }

  async identify(head: Uint8Array): Promise<string> {
    return (await detectFormat(head)).name;
  }

  async read(input: MediaInput, limits: MediaLimits, signal: AbortSignal): Promise<DecodedMedia> {
    const { maxBytes, maxSeconds } = limits;
    // what is on this machine waits for its reader; a download must not have to
    const source =
      input.isHere || input.stream instanceof ReadStream
        ? new LocalFile(input.stream, maxBytes)
        : new Spool(input.stream, maxBytes, this.folder.path());
    const abort = (): void => void source.close();
    signal.addEventListener('abort', abort, { once: true });
    try {
      signal.throwIfAborted();
      if (input.bytes !== undefined && input.bytes > maxBytes) throw tooLarge(maxBytes);
      const { head, whole } = await peek(source, HEAD_BYTES);
      signal.throwIfAborted();
      const format = await detectFormat(head);
      const decoder = await this.pool.acquire();
      const decoding = new Decoding(decoder, this.limits);
      // a source that does not know says 0, some of them
      const request = { format, maxSeconds, maxBytes, bytes: input.bytes || undefined };
      const pieces = decoding.pieces(whole, request, signal);
      return new DecodedStream(format.name, source, decoding, pieces, signal, async () => {
        await source.close();
        this.pool.release(decoder, await decoding.settle());
      });
    } catch (error) {
      await source.close();
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }
}
