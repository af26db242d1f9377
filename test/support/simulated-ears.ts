import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { AudioPiece, DecodedMedia, LinkFetcher, MediaInput, MediaReader } from '../../src/core/media';
import { Segment } from '../../src/core/transcript';
import { Availability, Transcriber } from '../../src/core/transcriber';
import { TranscriptionOptions } from '../../src/core/voice-note';
import { SeededRandom } from './seeded-random';

/** Of ten seconds' audio; a real note has as many words. */
const TEXT = 'Hello Peter, please bring three white flowers, and call Thomas on Friday at three. ';
const SECONDS = 10;

/** How long a note takes to be heard, in milliseconds: most are short, a few take several times as long. */
export class HearingTime {
  constructor(
    readonly meanMs: number,
    private readonly random = new SeededRandom(1),
    private readonly spread = 0.6,
  ) {}

  /** Log-normal, with the mean that was asked for. */
  next(): number {
    const [u, v] = [1 - this.random.next(), this.random.next()];
    const normal = Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
    return this.meanMs * Math.exp(this.spread * normal - this.spread ** 2 / 2);
  }
}

/** Takes whatever it is given for ten seconds of speech, in one piece. */
export class SimulatedReader extends MediaReader {
  identify(): Promise<string> {
    return Promise.resolve('ogg/opus');
  }

  read(): Promise<DecodedMedia> {
    const piece: AudioPiece = {
      index: 0,
      start: 0,
      samples: new Int16Array(0),
      content: 'speech',
      progress: 1,
    };
    return Promise.resolve({
      format: 'ogg/opus',
      // eslint-disable-next-line @typescript-eslint/require-await
      pieces: (async function* () {
        yield piece;
      })(),
      seconds: SECONDS,
      bytes: 20_000,
      milliseconds: { download: 0, decode: 0 },
    });
  }
}

/** Hears nothing, but takes its time, for one note after the other: more at a time would gain an engine nothing. */
export class WaitingTranscriber extends Transcriber {
  readonly name = 'waiting';
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly time: HearingTime) {
    super();
  }

  async *transcribe(
    _audio: AudioPiece,
    _options: TranscriptionOptions,
    signal: AbortSignal,
  ): AsyncIterable<Segment> {
    const heard = this.last.then(() => pause(this.time.next(), undefined, { signal }));
    this.last = heard.catch(() => undefined);
    await heard;
    yield { start: 0, end: SECONDS, text: TEXT, confidence: 0.9, language: 'en' };
  }

  describe(): string {
    return 'waiting';
  }

  available(): Promise<Availability> {
    return Promise.resolve({ state: 'ready', detail: 'It waits.' });
  }
}

/** Every link leads to nothing. */
export class EmptyLinks extends LinkFetcher {
  check(): Promise<void> {
    return Promise.resolve();
  }

  open(): Promise<MediaInput> {
    return Promise.resolve({ stream: Readable.from([]) });
  }
}
