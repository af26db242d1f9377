import { Injectable } from '@nestjs/common';
import { Outcome, MediaInfo, Timings } from './job';
import { AttemptResult } from './job-store';
import { AudioContent, AudioPiece, MediaInput, MediaReader } from './media';
import { Policy } from './policy';
import { Telemetry } from './telemetry';
import { Segment, mainLanguage, textOf } from './transcript';
import { ListeningOptions, Transcriber } from './transcriber';
import { TranscriptionOptions } from './voice-note';

/** Of every piece. */
const SAMPLE_RATE = 16_000;

/** One piece that has been heard. */
export interface HeardPiece {
  index: number;
  /** Number of segments before this piece's. */
  from: number;
  segments: Segment[];
  progress: number;
  /** The same as it is believed now, which may be less than before. */
  estimate: number;
  media: MediaInfo;
  /** How long the whole is said to be, as far as that can still be true. */
  claimedSeconds?: number;
}

/** Whoever wants to know how the listening gets on. */
export interface Listener {
  /** Is awaited before anything is opened; throws when it may not be. */
  begins(): Promise<void>;
  /** There is sound, and no more is needed for now. */
  sounds(): void;
  /** Is awaited after every piece, before the next one is begun. */
  heard(piece: HeardPiece): Promise<void>;
}

/** What was heard, or is known by now. */
export interface Heard extends AttemptResult {
  /** Of the media, in hex, where all of them were read. */
  sha256?: string;
}

/** What an earlier job heard in media with this hash. */
export type Known = (sha256: string) => Promise<AttemptResult | undefined>;

/** Listens to one medium piece by piece: decoder to engine to segments. Knows nothing of jobs. */
@Injectable()
export class ListeningService {
  constructor(
    private readonly reader: MediaReader,
    private readonly transcriber: Transcriber,
    private readonly policy: Policy,
    private readonly telemetry: Telemetry,
  ) {}

  /**
   * @param known is asked once, as soon as all bytes have been read, while there is something left to listen to;
   * nobody waits for that
   * @throws HarkError of the reader or the transcriber, and the abort reason when `signal` fires
   */
  async listen(
    input: MediaInput,
    options: ListeningOptions,
    signal: AbortSignal,
    listener: Listener,
    known: Known = () => Promise.resolve(undefined),
  ): Promise<Heard> {
    const decoded = await this.reader.read(input, this.policy.media, signal);
    const segments: Segment[] = [];
    const makers = new Set<string>();
    const contents = new Set<AudioContent>();
    const media = (): MediaInfo => ({
      name: input.name,
      format: decoded.format,
      bytes: decoded.bytes,
      seconds: decoded.seconds,
    });
    const timings = (): Timings => ({
      download: Math.round(decoded.milliseconds.download),
      decode: Math.round(decoded.milliseconds.decode),
    });
    let engine = 0;
    let progress = 0;
    let looked = false;
    for await (const piece of decoded.pieces) {
      listener.sounds();
      if (!looked && decoded.sha256 !== undefined && piece.content === 'speech') {
        looked = true;
        const earlier = await known(decoded.sha256);
        const seconds = earlier?.transcript.seconds;
        if (earlier) return { ...earlier, media: { ...media(), seconds }, timings: timings() };
      }
      contents.add(piece.content);
      const begun = performance.now();
      const told = { ...options, language: this.languageFor(options, segments) };
      const heard = await this.hear(piece, told, signal, makers);
      const milliseconds = performance.now() - begun;
      engine += milliseconds;
      if (piece.content === 'speech')
        this.telemetry.tell({ type: 'heard', seconds: piece.samples.length / SAMPLE_RATE, milliseconds });
      // An estimate may be corrected downwards; nobody wants to see that.
      progress = Math.max(progress, piece.progress);
      const { index, progress: estimate } = piece;
      const { claimedSeconds } = decoded;
      const from = segments.length;
      await listener.heard({
        index,
        from,
        segments: heard,
        progress,
        estimate,
        media: media(),
        claimedSeconds,
      });
      segments.push(...heard);
      release(piece);
    }
    return {
      outcome: outcomeOf(segments, contents),
      media: media(),
      timings: { ...timings(), engine: Math.round(engine) },
      sha256: decoded.sha256,
      transcript: {
        text: textOf(segments),
        language: mainLanguage(segments),
        languageDetected: options.language === 'auto',
        madeBy: [...makers].join(', ') || this.transcriber.describe(options),
        segments,
        seconds: decoded.seconds,
      },
    };
  }

  /** Nothing but speech goes to the engine: it makes words up for everything else. */
  private async hear(
    piece: AudioPiece,
    options: ListeningOptions,
    signal: AbortSignal,
    makers: Set<string>,
  ): Promise<Segment[]> {
    signal.throwIfAborted();
    if (piece.content !== 'speech') return [];
    const heard: Segment[] = [];
    for await (const { madeBy, ...segment } of this.transcriber.transcribe(piece, options, signal)) {
      if (madeBy !== undefined) makers.add(madeBy);
      if (segment.text.trim() !== '') heard.push(segment);
    }
    return heard;
  }

  /** Detecting the language costs a pass of the encoder: once it is known, the rest of the recording is told. */
  private languageFor(options: TranscriptionOptions, segments: readonly Segment[]): string {
    return options.language === 'auto' ? (mainLanguage(segments) ?? 'auto') : options.language;
  }
}

function outcomeOf(segments: readonly Segment[], contents: ReadonlySet<AudioContent>): Outcome {
  if (segments.length > 0) return 'speech';
  return contents.has('music') && !contents.has('speech') ? 'music' : 'no_speech';
}

/**
 * Gives a piece's memory back at once. The garbage collector would let the audio of half an hour pile up, for to it each
 * piece is one small object.
 */
function release({ samples }: AudioPiece): void {
  const { buffer } = samples;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === samples.byteLength) buffer.transfer(0);
}
