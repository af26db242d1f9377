import { HarkError } from '../../core/errors';
import { truncated } from './media-claims';

const PAGE_HEADER = 27;
/** Longer packets are no Opus audio (tags with pictures are): read past, not kept. */
const MAX_PACKET_BYTES = 64 * 1024;

export interface OggPage {
  continued: boolean;
  begins: boolean;
  ends: boolean;
  serial: number;
  segments: Buffer;
  body: Buffer;
}

/**
 * The pages of an Ogg stream (RFC 3533). What follows the end-of-stream page and is no page is ignored.
 *
 * @throws HarkError `media_truncated` when the stream ends within a page, `media_decode_failed` when it is no Ogg
 */
export async function* oggPages(input: AsyncIterable<Buffer>): AsyncGenerator<OggPage, void, void> {
  let buffer: Buffer = Buffer.alloc(0);
  let ended = false;
  for await (const chunk of input) {
    buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk]);
    for (let size = pageSize(buffer, ended); size <= buffer.length; size = pageSize(buffer, ended)) {
      const page = readPage(buffer.subarray(0, size));
      ended = page.ends;
      buffer = buffer.subarray(size);
      yield page;
    }
  }
  if (buffer.length > 0 && !ended) throw truncated();
}

/** Bytes of the page at the start of `buffer`, as far as that can be told yet. */
function pageSize(buffer: Buffer, ended: boolean): number {
  if (buffer.length < PAGE_HEADER) return PAGE_HEADER;
  if (buffer.readUInt32BE(0) !== 0x4f676753 || buffer[4] !== 0) {
    if (ended) return Infinity;
    throw new HarkError('media_decode_failed', 'The file is damaged and cannot be decoded.');
  }
  const segments = buffer[26] ?? 0;
  const header = PAGE_HEADER + segments;
  if (buffer.length < header) return header;
  return buffer.subarray(PAGE_HEADER, header).reduce((sum, bytes) => sum + bytes, header);
}

function readPage(page: Buffer): OggPage {
  const flags = page.readUInt8(5);
  const header = PAGE_HEADER + page.readUInt8(26);
  return {
    continued: (flags & 1) !== 0,
    begins: (flags & 2) !== 0,
    ends: (flags & 4) !== 0,
    serial: page.readUInt32LE(14),
    segments: page.subarray(PAGE_HEADER, header),
    body: page.subarray(header),
  };
}

/** Puts the packets of one logical stream together from its pages. */
export class PacketAssembler {
  private partial: Buffer[] = [];
  private partialBytes = 0;

  /** Whether the last page left a packet unfinished. */
  get unfinished(): boolean {
    return this.partialBytes > 0;
  }

  packets({ continued, segments, body }: OggPage): Buffer[] {
    if (!continued) this.drop();
    const packets: Buffer[] = [];
    let start = 0;
    let end = 0;
    for (const bytes of segments) {
      end += bytes;
      if (bytes === 255) continue;
      packets.push(Buffer.concat([...this.partial, body.subarray(start, end)]));
      this.drop();
      start = end;
    }
    if (end > start) this.keep(body.subarray(start, end));
    return packets;
  }

  private keep(part: Buffer): void {
    this.partialBytes += part.length;
    if (this.partialBytes <= MAX_PACKET_BYTES) this.partial.push(part);
    else this.partial = [];
  }

  private drop(): void {
    this.partial = [];
    this.partialBytes = 0;
  }
}
