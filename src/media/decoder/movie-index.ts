/** Boxes that hold the tables of where the sound is, from the outside in. */
const CONTAINERS = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl']);

/**
 * A movie index (`moov` box) for its new place before everything that stood before it: what it says of places behind
 * itself stays, all other places move by its own length. Lying sizes end the walk, they cannot lead it out of the box.
 */
export function movedIndex(index: Buffer, place: { start: number; bytes: number }): Buffer {
  const moved = Buffer.from(index);
  walk(moved, 0, moved.length, (offset) => (offset < place.start ? offset + place.bytes : offset));
  return moved;
}

function walk(box: Buffer, from: number, to: number, move: (offset: number) => number): void {
  for (let at = from; at + 8 <= to;) {
    const bytes = box.readUInt32BE(at);
    const end = at + bytes;
    if (bytes < 8 || end > to) return;
    const type = box.toString('latin1', at + 4, at + 8);
    if (CONTAINERS.has(type)) walk(box, at + 8, end, move);
    else if (type === 'stco') moveOffsets(box, at + 16, end, 4, move);
    else if (type === 'co64') moveOffsets(box, at + 16, end, 8, move);
    at = end;
  }
}

/** Chunk offset tables (ISO/IEC 14496-12, 8.7.5): after version, flags and count, one number a chunk. */
function moveOffsets(
  box: Buffer,
  from: number,
  to: number,
  bytes: 4 | 8,
  move: (offset: number) => number,
): void {
  for (let at = from; at + bytes <= to; at += bytes) {
    if (bytes === 4) box.writeUInt32BE(move(box.readUInt32BE(at)) >>> 0, at);
    else box.writeBigUInt64BE(BigInt(move(Number(box.readBigUInt64BE(at)))), at);
  }
}
