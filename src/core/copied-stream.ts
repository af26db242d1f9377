import { PassThrough, Readable, Transform, TransformCallback, pipeline } from 'node:stream';

/**
 * Gives the bytes of a stream to two readers: the one who takes `stream`, and the copy, which is whole only when that
 * one has read to the end. Who is slower sets the pace; a copy that nobody takes any more holds nobody up.
 */
export function copied(source: Readable): { stream: Readable; copy: Readable } {
  const copy = new PassThrough();
  const stream = new CopyingStream(copy);
  // Errors reach whoever reads; this is no reader.
  pipeline(source, stream, () => undefined);
  return { stream, copy };
}

class CopyingStream extends Transform {
  constructor(private readonly copy: PassThrough) {
    super();
    copy.on('error', () => undefined);
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.push(chunk);
    if (this.copy.destroyed || this.copy.write(chunk)) return done();
    const goOn = (): void => {
      this.copy.off('drain', goOn).off('close', goOn);
      done();
    };
    this.copy.on('drain', goOn).on('close', goOn);
  }

  override _flush(done: TransformCallback): void {
    this.copy.end();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.copy.writableEnded) this.copy.destroy(error ?? new Error('It was not read to its end.'));
    done(error);
  }
}
