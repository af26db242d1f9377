import { Readable } from 'node:stream';
import { AudioPiece } from '../../core/media';
import { DecoderReport, MAX_PIECE_SECONDS, PieceReport, SAMPLE_RATE } from './protocol';

const MAX_TEXT_BYTES = 64 * 1024;
const MAX_SAMPLE_BYTES = MAX_PIECE_SECONDS * SAMPLE_RATE * 2;

export type ReceivedReport =
  { type: 'piece'; piece: AudioPiece; about: PieceReport } | Exclude<DecoderReport, PieceReport>;

/** Reads a decoder's reports. Believes no length that is larger than what a decoder can have to say. */
export class ReportReader {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** @throws Error when the decoder is gone or talks nonsense */
  async next(): Promise<ReceivedReport> {
    const lengths = await this.exactly(8);
    const textBytes = lengths.readUInt32LE(0);
    const sampleBytes = lengths.readUInt32LE(4);
    if (textBytes > MAX_TEXT_BYTES || sampleBytes > MAX_SAMPLE_BYTES) {
      throw new Error('The decoder sent what is no report');
    }
    const report = JSON.parse((await this.exactly(textBytes)).toString()) as DecoderReport;
    const samples = await this.exactly(sampleBytes);
    if (report.type !== 'piece') return report;
    const { index, start, content, progress } = report;
    const piece = { index, start, content, progress, samples: toSamples(samples) };
    return { type: 'piece', piece, about: report };
  }

  private async exactly(bytes: number): Promise<Buffer> {
    const parts = [this.rest];
    let length = this.rest.length;
    while (length < bytes) {
      const item = await this.chunks.next();
      if (item.done) throw new Error('The decoder has closed its pipe');
      parts.push(item.value);
      length += item.value.length;
    }
    const whole = Buffer.concat(parts, length);
    this.rest = whole.subarray(bytes);
    return whole.subarray(0, bytes);
  }
}

function toSamples(bytes: Buffer): Int16Array {
  return new Int16Array(Uint8Array.from(bytes).buffer);
}
