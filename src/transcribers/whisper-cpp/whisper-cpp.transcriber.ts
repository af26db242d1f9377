import { Injectable } from '@nestjs/common';
import { bulkhead } from 'cockatiel';
import { HarkError } from '../../core/errors';
import { isLanguage } from '../../core/languages';
import { AudioPiece } from '../../core/media';
import { Segment } from '../../core/transcript';
import { Availability, ListeningOptions, Transcriber } from '../../core/transcriber';
import { TranscriptionOptions } from '../../core/voice-note';
import { EnginePool } from './engine/engine-pool';
import { SAMPLE_RATE } from '../wav';
import { Ask, listenCarefully } from './listening/careful-listener';
import { expecting } from './listening/expecting';
import { orAborted } from '../or-aborted';

/** Listens with whisper.cpp. */
@Injectable()
export class WhisperCppTranscriber extends Transcriber {
  readonly name = 'whisper-cpp';
  /** One decode at a time, in the order of asking: on a processor, two at once are slower than one after the other. */
  private readonly turns = bulkhead(1, Infinity);

  constructor(private readonly engines: EnginePool) {
    super();
  }

  async *transcribe(
    audio: AudioPiece,
    options: ListeningOptions,
    signal: AbortSignal,
  ): AsyncIterable<Segment> {
    const { language, model, expected } = options;
    // The engine takes anything else for a language with a negative number.
    if (language !== 'auto' && !isLanguage(language)) {
      throw new HarkError('language_unknown', 'The speech engine does not know this language.');
    }
    const engine = this.engines.engineFor(model);
    if (audio.samples.length === 0) return;
    const seconds = audio.samples.length / SAMPLE_RATE;
    const heard = this.turns.execute(
      () =>
        engine.use(seconds, signal, (client, limited) => {
          const ask: Ask = (question) => client.ask(question, limited);
          // Of a server that others ask, too, nobody knows how much it looks at to find a language out.
          return listenCarefully(audio, options, client.exclusive ? expecting(expected, ask) : ask);
        }),
      signal,
    );
    // Who gives up while waiting for a turn is answered at once.
    yield* await orAborted(heard, signal);
  }

  describe({ model }: TranscriptionOptions): string {
    return `whisper.cpp ${this.engines.modelName(model)}`;
  }

  available(model?: string): Promise<Availability> {
    return this.engines.engineFor(model).available();
  }

  override has(model: string): boolean {
    return this.engines.has(model);
  }

  override ready({ model }: TranscriptionOptions, signal: AbortSignal): Promise<void> {
    return this.engines.engineFor(model).ready(signal);
  }
}
