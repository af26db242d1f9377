import { Readable } from 'node:stream';

/** The files that arrive one after the other over stdin, in the frames of `protocol.ts`. */
export class InputFrames {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);
  /** Bytes of the present frame that are still to come. */
  private frameLeft = 0;
  private open = false;

  constructor(stream: Readable) {
    this.chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** The bytes of the next file, read from the pipe only as fast as they are taken. */
  async *file(): AsyncGenerator<Buffer, void, void> {
    this.open = true;
    for (;;) {
      const chunk = await this.next();
      if (chunk === undefined) return;
      yield chunk;
    }
  }

  /** Reads past what is left of the present file. */
  async skip(): Promise<void> {
    while (this.open && (await this.next()) !== undefined);
  }

  private async next(): Promise<Buffer | undefined> {
    if (!this.open) return undefined;
    if (this.frameLeft === 0) {
      this.frameLeft = (await this.exactly(4)).readUInt32LE();
      if (this.frameLeft === 0) {
        this.open = false;
        return undefined;
      }
    }
    if (this.rest.length === 0) this.rest = await this.more();
    const chunk = this.rest.subarray(0, this.frameLeft);
    this.rest = this.rest.subarray(chunk.length);
    this.frameLeft -= chunk.length;
    return chunk;
  }

  private async exactly(bytes: number): Promise<Buffer> {
    while (this.rest.length < bytes) this.rest = Buffer.concat([this.rest, await this.more()]);
    const taken = this.rest.subarray(0, bytes);
    this.rest = this.rest.subarray(bytes);
    return taken;
  }

  private async more(): Promise<Buffer> {
    const item = await this.chunks.next();
    if (item.done) throw new Error('The service has closed the pipe');
    return item.value;
  }
}
