import { Readable } from 'node:stream';

/** Bytes of a media file from wherever it is. Nothing in it has been checked. */
export interface MediaInput {
  stream: Readable;
  /** It waits for whoever reads it; a download does not. */
  isHere?: boolean;
  /** As the source says. */
  bytes?: number;
  name?: string;
  mimeType?: string;
}

/** What a stretch of audio holds. Only `speech` goes to the engine. */
export type AudioContent = 'speech' | 'silence' | 'noise' | 'music';

/** A stretch of audio, at most 28 s long, cut at a silence where there is one. */
export interface AudioPiece {
  /** From 0. */
  index: number;
  /** Seconds from the start of the whole audio to the first sample. */
  start: number;
  /** 16 kHz, one channel, level normalised. Only until the next piece is taken: whoever listens gives the memory back. */
  samples: Int16Array;
  content: AudioContent;
  /** Share of the whole that has been read at this piece's end, 0 to 1; an estimate before the last. */
  progress: number;
}

/** Audio being decoded. */
export interface DecodedMedia {
  /** As found in the bytes: `ogg/opus`, `wav`, `mp4` … */
  readonly format: string;
  /**
   * Decoded as it is taken, a little ahead. Leaving the loop early stops the decoder.
   * @throws HarkError with a `media_…` code
   */
  readonly pieces: AsyncIterable<AudioPiece>;
  /** Seconds decoded so far. */
  readonly seconds: number;
  /** How long the whole is said to be, as far as what was decoded allows to believe that. */
  readonly claimedSeconds?: number;
  /** Bytes read so far. */
  readonly bytes: number;
  /** Of the whole file, in hex; known once it has been read to its end, where nobody knew it before. */
  readonly sha256?: string;
  /** Milliseconds the decoder and the download needed so far, without the time they waited for a taker. */
  readonly milliseconds: { download: number; decode: number };
}

export interface MediaLimits {
  maxBytes: number;
  maxSeconds: number;
}

/** Bounds, decodes and splits media. */
export abstract class MediaReader {
  /**
   * The format that a file's first bytes show (4,100 bytes are enough).
   * @throws HarkError `media_empty`, `media_is_html` or `media_unsupported`
   */
  abstract identify(head: Uint8Array): Promise<string>;
  /** @throws HarkError with a `media_…` or `link_…` code, and the abort reason when `signal` fires */
  abstract read(input: MediaInput, limits: MediaLimits, signal: AbortSignal): Promise<DecodedMedia>;
}

/** Fetches what strangers link to. */
export abstract class LinkFetcher {
  /**
   * Looks only at the address: form, scheme, and where it leads.
   * @throws HarkError `link_invalid`, `link_refused` or `link_unreachable`
   */
  abstract check(url: string): Promise<void>;
  /**
   * Opens the body. `headers` are sent to the link's own host only, never after a redirect to another one.
   * @throws HarkError with a `link_…` or `media_too_large` code
   */
  abstract open(
    url: string,
    limits: MediaLimits,
    signal: AbortSignal,
    headers?: Record<string, string>,
  ): Promise<MediaInput>;
}
