import { AudioPiece } from '../../core/media';
import { HarkError } from '../../core/errors';
import { contentOf } from '../content/content-classifier';
import { DecodeRequest, SAMPLE_RATE } from '../pool/protocol';
import { SpeechSplitter, Stretch } from '../speech-splitter';
import { audioSource } from './audio-source';
import { level } from './leveller';
import { MediaClaims, tooLong } from './media-claims';

/** Shorter than any word. */
const SHORTEST_SECONDS = 0.1;

/** The decoding of one file, from bytes to pieces. */
export class DecodeJob {
  private samples = 0;
  private bytes = 0;
  private index = 0;
  private shown = 0;
  private believed?: number;
  private readonly claims: MediaClaims;

  constructor(
    private readonly request: DecodeRequest,
    private readonly temporaryFolder: string,
  ) {
    this.claims = new MediaClaims(request);
  }

  /** Seconds decoded so far. */
  get seconds(): number {
    return this.samples / SAMPLE_RATE;
  }

  /**
   * Decodes as far as the pieces are taken.
   *
   * @throws HarkError with a `media_…` code
   */
  async *pieces(input: AsyncIterable<Buffer>): AsyncGenerator<AudioPiece, void, void> {
    const splitter = new SpeechSplitter();
    const audio = audioSource(this.counted(input), this.request, this.claims, this.temporaryFolder);
    for await (const samples of audio) {
      this.samples += samples.length;
      if (this.seconds > this.request.maxSeconds) throw tooLong(this.request.maxSeconds);
      for (const stretch of splitter.push(samples)) yield await this.toPiece(stretch);
    }
    this.checkLength();
    for (const stretch of splitter.end()) yield await this.toPiece(stretch);
  }

  private async *counted(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
    for await (const chunk of input) {
      this.bytes += chunk.length;
      yield chunk;
    }
  }

  private checkLength(): void {
    this.claims.check(this.seconds);
    if (this.seconds < SHORTEST_SECONDS) {
      throw new HarkError('media_too_short', 'The recording is too short to hold a word.');
    }
  }

  private async toPiece({ start, samples, last }: Stretch): Promise<AudioPiece> {
    return {
      index: this.index++,
      start,
      content: await contentOf(samples),
      samples: level(samples),
      progress: last ? 1 : this.progress(start + samples.length / SAMPLE_RATE),
    };
  }

  /** Seconds that the whole file holds, as far as its header can be believed. */
  get claimedSeconds(): number | undefined {
    return this.claims.believed(this.seconds);
  }

  /** By seconds where the length is known, else by bytes; it never goes back, unless the header has lied. */
  private progress(seconds: number): number {
    const { bytes } = this.request;
    const claimed = this.claimedSeconds;
    if (claimed === undefined && this.believed !== undefined) this.shown = 0;
    this.believed = claimed;
    const bySeconds = claimed && seconds / claimed;
    const byBytes = bytes && (this.bytes / bytes) * (seconds / this.seconds);
    this.shown = Math.max(this.shown, Math.min(0.99, bySeconds ?? byBytes ?? 0));
    return this.shown;
  }
}
