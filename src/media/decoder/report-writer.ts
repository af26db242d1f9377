import { Writable } from 'node:stream';
import { DecoderReport } from '../pool/protocol';

/** Sends reports to the service, in the frames of `protocol.ts`. */
export class ReportWriter {
  constructor(private readonly stream: Writable) {}

  /** Comes true once the service has room for more. */
  async write(report: DecoderReport, samples: Int16Array = new Int16Array(0)): Promise<void> {
    const text = Buffer.from(JSON.stringify(report));
    const lengths = Buffer.alloc(8);
    lengths.writeUInt32LE(text.length, 0);
    lengths.writeUInt32LE(samples.byteLength, 4);
    const sound = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
    await new Promise<void>((resolve, reject) => {
      this.stream.write(Buffer.concat([lengths, text, sound]), (error) =>
        error ? reject(error) : resolve(),
      );
    });
  }
}
