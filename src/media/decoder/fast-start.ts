import { FileHandle } from 'node:fs/promises';
import { HarkError } from '../../core/errors';
import { openTemporaryFile, writeAll } from '../temporary-file';
import { truncated } from './media-claims';
import { movedIndex } from './movie-index';
import { peek } from './peek';

const READ_BYTES = 64 * 1024;
/** An index of hours of video is a few MiB. */
const MAX_INDEX_BYTES = 32 * 1024 * 1024;
const BOX_HEADER = 16;
/** Side by side at the outermost level; the index and the sound are among the first. */
const MAX_BOXES = 4_096;

interface Box {
  type: string;
  start: number;
  bytes: number;
}

/**
 * ISO media (MP4, M4A, MOV, 3GP) with its index first, so that it can be decoded from a pipe. Where the index (`moov`)
 * stands behind the sound (`mdat`), as phones write it, the file is laid down in `folder` and put out in the other
 * order; else it passes through.
 *
 * @throws HarkError `media_truncated` without an index, `media_too_large`, `storage_full`
 */
export async function* indexFirst(
  input: AsyncIterable<Buffer>,
  folder: string,
  maxBytes: number,
): AsyncGenerator<Buffer, void, void> {
  const { head, whole } = await peek(input, READ_BYTES);
  if (!soundComesFirst(head)) {
    yield* whole;
    return;
  }
  const file = await openTemporaryFile(folder);
  try {
    const size = await layDown(file, whole, maxBytes);
    const boxes = await boxesOf(file, size);
    const index = boxes.find((box) => box.type === 'moov');
    const firstSound = boxes.find((box) => box.type === 'mdat')!.start;
    if (index === undefined || index.start + index.bytes > size) throw truncated();
    if (index.bytes > MAX_INDEX_BYTES) throw damaged();
    yield* range(file, 0, firstSound);
    yield movedIndex(await read(file, index.start, index.bytes), index);
    yield* range(file, firstSound, index.start);
    yield* range(file, index.start + index.bytes, size);
  } finally {
    await file.close();
  }
}

/** Whether `mdat` comes before `moov`; what is not in `head` any more comes later. */
function soundComesFirst(head: Buffer): boolean {
  for (let at = 0; at + 8 <= head.length;) {
    const box = readBox(head.subarray(at), at, Infinity);
    if (box.type === 'moov' || box.type === 'moof') return false;
    if (box.type === 'mdat') return true;
    at += box.bytes;
  }
  return false;
}

async function layDown(file: FileHandle, input: AsyncIterable<Buffer>, maxBytes: number): Promise<number> {
  let size = 0;
  for await (const chunk of input) {
    if (size + chunk.length > maxBytes) throw damaged();
    await writeAll(file, chunk, size);
    size += chunk.length;
  }
  return size;
}

async function boxesOf(file: FileHandle, size: number): Promise<Box[]> {
  const boxes: Box[] = [];
  for (let at = 0; at + 8 <= size;) {
    const box = readBox(await read(file, at, Math.min(BOX_HEADER, size - at)), at, size);
    if (boxes.push(box) > MAX_BOXES) throw damaged();
    at += box.bytes;
  }
  return boxes;
}

/** @param end where a box of "the rest of the file" ends */
function readBox(header: Buffer, start: number, end: number): Box {
  const small = header.readUInt32BE(0);
  const wide = small === 1 && header.length >= BOX_HEADER;
  const bytes = wide ? Number(header.readBigUInt64BE(8)) : small === 0 ? end - start : small;
  if (bytes < 8) throw damaged();
  return { type: header.toString('latin1', 4, 8), start, bytes };
}

async function* range(file: FileHandle, from: number, to: number): AsyncGenerator<Buffer, void, void> {
  for (let at = from; at < to; at += READ_BYTES) yield await read(file, at, Math.min(READ_BYTES, to - at));
}

async function read(file: FileHandle, position: number, bytes: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, position);
  return buffer.subarray(0, bytesRead);
}

function damaged(): HarkError {
  return new HarkError('media_decode_failed', 'The file is damaged and cannot be decoded.');
}
