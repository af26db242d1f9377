import { Injectable } from '@nestjs/common';
import { HarkError } from '../../core/errors';
import { isLanguage } from '../../core/languages';
import { AudioPiece } from '../../core/media';
import { Segment } from '../../core/transcript';
import { Availability, Transcriber } from '../../core/transcriber';
import { TranscriptionOptions } from '../../core/voice-note';
import { SAMPLE_RATE, wavOf } from '../wav';
import { OpenAiAccess } from './openai-access';
import { OpenAiAnswer } from './openai-answer';
import { OpenAiProbe } from './openai-probe';
import { OpenAiService, Question } from './openai-service';
import { segmentsOf } from './openai.mapper';

/** OpenAI's own limit; pieces of 28 s have less than 1 MB. */
const MOST_BYTES = 25 * 1024 * 1024;

/** Listens with any service that has OpenAI's `/audio/transcriptions`. */
@Injectable()
export class OpenAiTranscriber extends Transcriber {
  readonly name = 'openai';

  constructor(
    private readonly access: OpenAiAccess,
    private readonly service: OpenAiService,
    private readonly probe: OpenAiProbe,
  ) {
    super();
  }

  async *transcribe(
    { samples, start }: AudioPiece,
    { language, translate, prompt, model }: TranscriptionOptions,
    signal: AbortSignal,
  ): AsyncIterable<Segment> {
    if (language !== 'auto' && !isLanguage(language)) {
      throw new HarkError('language_unknown', 'The speech service does not know this language.');
    }
    if (model !== undefined && model !== this.access.model) {
      throw new HarkError('model_unknown', 'hark was not set up to use this model.', {
        params: { model: model.slice(0, 80) },
      });
    }
    if (samples.length === 0) return;
    const file = wavOf(samples);
    if (file.length > MOST_BYTES) {
      throw new HarkError('engine_failed', 'The speech service does not take so long a piece at once.');
    }
    signal.throwIfAborted();
    const stretch = { start, seconds: samples.length / SAMPLE_RATE };
    const told = language === 'auto' ? undefined : language;
    const question = { file, seconds: stretch.seconds, language: told, translate, prompt };
    const answer = await this.ask(question, signal);
    yield* segmentsOf(answer, { language, translate }, stretch);
  }

  private async ask(question: Question, signal: AbortSignal): Promise<OpenAiAnswer> {
    this.probe.forget();
    const answer = await this.service.ask(question, signal);
    this.probe.answered();
    return answer;
  }

  describe(): string {
    return `${this.access.model} at ${this.access.address}`;
  }

  available(): Promise<Availability> {
    return this.probe.look();
  }
}
