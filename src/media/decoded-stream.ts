import { AudioPiece, DecodedMedia } from '../core/media';
import { Decoding } from './pool/decoding';

/** Where the bytes come from, and what that took. */
interface ByteSource {
  readonly bytes: number;
  readonly milliseconds: number;
  readonly sha256?: string;
}

/** A file while it is being decoded. The first piece is begun at once, not when it is taken. */
export class DecodedStream implements DecodedMedia {
  readonly pieces: AsyncIterable<AudioPiece>;

  /** @param release gives everything back; called once, whichever way it ends */
  constructor(
    readonly format: string,
    private readonly source: ByteSource,
    private readonly decoding: Decoding,
    pieces: AsyncGenerator<AudioPiece, void, void>,
    signal: AbortSignal,
    release: () => Promise<void>,
  ) {
    const all = released(pieces, () => {
      // A signal that goes on would keep all of this for as long as it lives.
      signal.removeEventListener('abort', giveBack);
      return release();
    });
    const giveBack = (): void => void all.return().catch(() => undefined);
    const first = all.next();
    first.catch(() => undefined); // who takes the pieces hears of it
    // nobody may be taking pieces at that moment, or ever
    signal.addEventListener('abort', giveBack, { once: true });
    this.pieces = resumed(first, all, signal);
  }

  get seconds(): number {
    return this.decoding.seconds;
  }

  get claimedSeconds(): number | undefined {
    return this.decoding.claimedSeconds;
  }

  get bytes(): number {
    return this.source.bytes;
  }

  get sha256(): string | undefined {
    return this.source.sha256;
  }

  get milliseconds(): { download: number; decode: number } {
    return { download: this.source.milliseconds, decode: this.decoding.busyMs };
  }
}

async function* released<T>(
  items: AsyncGenerator<T, void, void>,
  release: () => Promise<void>,
): AsyncGenerator<T, void, void> {
  try {
    yield* items;
  } finally {
    await release();
  }
}

async function* resumed<T>(
  first: Promise<IteratorResult<T, void>>,
  rest: AsyncGenerator<T, void, void>,
  signal: AbortSignal,
): AsyncGenerator<T, void, void> {
  try {
    for (let item = await first; !item.done; item = await rest.next()) yield item.value;
    signal.throwIfAborted(); // or what was stopped would look like what has ended
  } finally {
    await rest.return();
  }
}
