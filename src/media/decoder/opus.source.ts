import { SAMPLE_RATE } from '../pool/protocol';
import { truncated } from './media-claims';
import { oggPages, PacketAssembler } from './ogg-packets';
import { OpusDecoder } from './opus-decoder';
import { SampleBuffer } from './sample-buffer';

/** `OpusHead`, RFC 7845: magic, version, channels, pre-skip in samples at 48 kHz, rate, gain, mapping family. */
const HEAD_MAGIC = Buffer.from('OpusHead');
const TAGS_MAGIC = Buffer.from('OpusTags');
/** A page header with one segment stands before `OpusHead` in the first page. */
const HEAD_OFFSET = 28;
/** Bytes of a file that `isPlainOpus` wants to see. */
export const OPUS_HEAD_BYTES = HEAD_OFFSET + 19;

/** Whether this is Opus in mono or stereo, as every chat sends it: surround has several streams in one. */
export function isPlainOpus(head: Buffer): boolean {
  return (
    head.length >= OPUS_HEAD_BYTES &&
    head.subarray(HEAD_OFFSET, HEAD_OFFSET + 8).equals(HEAD_MAGIC) &&
    head.readUInt8(HEAD_OFFSET + 9) <= 2 &&
    head.readUInt8(HEAD_OFFSET + 18) === 0
  );
}

/**
 * Ogg/Opus, decoded at 16 kHz in mono by the codec itself. A note that is cut off within a page or a packet is
 * `media_truncated`; one that merely lacks the end-of-stream mark, as live recorders write it, is whole.
 *
 * @throws HarkError `media_truncated`, `media_decode_failed`
 */
export async function* opusSource(input: AsyncIterable<Buffer>): AsyncGenerator<Float32Array, void, void> {
  const decoder = new OpusDecoder();
  const sound = new SampleBuffer();
  let skip = 0;
  try {
    for await (const packets of packetsOf(input)) {
      for (const packet of packets) {
        if (isHead(packet)) skip = preSkip(packet);
        else sound.add(decoder.decode(packet));
      }
      const samples = sound.take();
      const skipped = Math.min(skip, samples.length);
      skip -= skipped;
      yield samples.subarray(skipped);
    }
    decoder.finish();
  } finally {
    decoder.close();
  }
}

function isHead(packet: Buffer): boolean {
  return begins(packet, HEAD_MAGIC);
}

/** Samples before the sound begins. */
function preSkip(head: Buffer): number {
  return head.length < 12 ? 0 : Math.round((head.readUInt16LE(10) * SAMPLE_RATE) / 48_000);
}

/** The packets of the first Opus stream, and of those that are chained to it, page by page, without their tags. */
async function* packetsOf(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer[], void, void> {
  let assembler = new PacketAssembler();
  let serial: number | undefined;
  let ended = true;
  let audio = 0;
  for await (const page of oggPages(input)) {
    if (page.begins && ended && begins(page.body, HEAD_MAGIC)) {
      serial = page.serial;
      assembler = new PacketAssembler();
    }
    if (page.serial !== serial) continue;
    ended = page.ends;
    const packets = assembler
      .packets(page)
      .filter((packet) => packet.length > 0 && !begins(packet, TAGS_MAGIC));
    audio += packets.filter((packet) => !isHead(packet)).length;
    yield packets;
  }
  if (assembler.unfinished || (audio === 0 && !ended)) throw truncated();
}

function begins(bytes: Buffer, magic: Buffer): boolean {
  return bytes.subarray(0, magic.length).equals(magic);
}
