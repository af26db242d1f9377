export interface Peeked {
  /** At least as many bytes as were asked for, unless there are no more. */
  head: Buffer;
  /** The whole stream, from its first byte. */
  whole: AsyncIterable<Buffer>;
}

/** Looks at a stream's first bytes without taking them away. */
export async function peek(stream: AsyncIterable<Uint8Array>, bytes: number): Promise<Peeked> {
  const iterator = stream[Symbol.asyncIterator]();
  const first: Buffer[] = [];
  let length = 0;
  while (length < bytes) {
    const item = await iterator.next();
    if (item.done) break;
    first.push(asBuffer(item.value));
    length += item.value.length;
  }
  const head = Buffer.concat(first);
  return { head, whole: replay(head, iterator) };
}

async function* replay(head: Buffer, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Buffer, void, void> {
  try {
    if (head.length > 0) yield head;
    for (;;) {
      const item = await rest.next();
      if (item.done) return;
      yield asBuffer(item.value);
    }
  } finally {
    await rest.return?.();
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
