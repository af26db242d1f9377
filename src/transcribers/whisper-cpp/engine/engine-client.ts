import { Agent, FormData, request } from 'undici';
import { HarkError } from '../../../core/errors';
import { EngineAnswer, engineAnswer } from './engine-answer';
import { wavOf } from '../../wav';

/** Positions that the encoder can look at: 30 s. */
export const FULL_CONTEXT = 1_500;

/** One decode. */
export interface Question {
  /** 16 kHz, one channel. */
  samples: Int16Array;
  /** Code or `auto`. */
  language: string;
  /** Positions of 20 ms that the encoder looks at, at most `FULL_CONTEXT`. */
  audioContext: number;
  translate?: boolean;
  prompt?: string;
  /** Positions within which the language is found out; what detecting one usually needs when absent. */
  detectionContext?: number;
  /** Only which language is spoken. */
  detectOnly?: boolean;
  /** Follows several beams instead of the likeliest token at a time. */
  thorough?: boolean;
}

/** The connection was closed by us while the engine was at work. */
export class AbandonedQuestion extends Error {}

/** No answer to `/health` for so long counts as down. */
const HEALTH_MS = 2_000;
/**
 * Greedy, and one more try by chance where that fails: 0.6 is the only further temperature below 1. Each question
 * stands alone. Segments are not cut at a width; the server's own default is 60 characters.
 */
export const DECODING = {
  response_format: 'verbose_json',
  no_language_probabilities: 'true',
  temperature: '0',
  temperature_inc: '0.6',
  best_of: '1',
  max_len: '100000',
};
/** As whisper.cpp's own program does it, but with two further tries by chance at most instead of five. */
const THOROUGH = { beam_size: '5', best_of: '5', temperature_inc: '0.4' };
/** Said by what stands before a server, or by a server that is not (yet) the one that is meant. */
const NOT_ITS_WORK = new Set([401, 403, 404, 405, 502, 503, 504]);
/**
 * A server of somebody else may use flash attention. A context that is no multiple of this then also attends to what lies
 * behind its end, and that is left over from the question before.
 */
const FOREIGN_STEP = 256;
/** The first 3.8 s tell the language as well as 30 do, and whoever is not sure listens again. */
export const DETECTION_CONTEXT = 192;

/** Speaks to one whisper.cpp server (written against the server of 1.9.1). */
export class EngineClient {
  /** No time-outs: how long an answer may take is the caller's to say. Closing is how a decode is stopped. */
  private readonly agent = new Agent({ headersTimeout: 0, bodyTimeout: 0, pipelining: 0 });
  /** The encoder's context in the server's memory, when it is known. */
  private context?: number;

  /**
   * @param url with the request path, without a slash at its end
   * @param exclusive nobody else asks this server
   */
  constructor(
    private readonly url: string,
    readonly exclusive: boolean,
  ) {}

  /** Whether the server answers and has its model loaded. Servers from before `/health` answer 404. */
  async isUp(): Promise<boolean> {
    try {
      const signal = AbortSignal.timeout(HEALTH_MS);
      const { statusCode, body } = await request(`${this.url}/health`, { dispatcher: this.agent, signal });
      await body.dump();
      return statusCode === 200 || (statusCode === 404 && !this.exclusive);
    } catch {
      return false;
    }
  }

  /**
   * @throws HarkError `engine_failed` or `engine_unavailable` for what the server says; `AbandonedQuestion` when
   * `signal` fires on the way, its reason when it has fired before; and the error of a connection that breaks
   */
  async ask(question: Question, signal: AbortSignal): Promise<EngineAnswer> {
    signal.throwIfAborted();
    if (question.language === 'auto') await this.prepareDetection(question, signal);
    return this.send(question, {}, signal);
  }

  /**
   * whisper.cpp detects the language before it takes over a question's `audio_ctx`: with that of the question before.
   * A question of 0.1 s is answered before anything is encoded and leaves its `audio_ctx` behind. Detection then costs
   * what it should, and does not hang on what was asked before.
   */
  private async prepareDetection(
    { audioContext, detectionContext = DETECTION_CONTEXT }: Question,
    signal: AbortSignal,
  ): Promise<void> {
    const context = Math.min(audioContext, detectionContext);
    if (!this.exclusive || this.context === context) return;
    const nothing = { samples: new Int16Array(0), language: 'en', audioContext: context };
    await this.send(nothing, { duration: '100' }, signal);
  }

  private async send(
    { samples, language, audioContext, translate, prompt, detectOnly, thorough }: Question,
    extra: Record<string, string>,
    signal: AbortSignal,
  ): Promise<EngineAnswer> {
    const form = new FormData();
    form.set('file', new Blob([wavOf(samples)], { type: 'audio/wav' }), 'piece.wav');
    const fields = {
      ...DECODING,
      ...(thorough && THOROUGH),
      ...extra,
      language,
      audio_ctx: String(this.exclusive ? audioContext : inForeignSteps(audioContext)),
      ...(translate && { translate: 'true' }),
      ...(detectOnly && { detect_language: 'true' }),
      ...(prompt !== undefined && { prompt }),
    };
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    const before = this.context;
    this.context = undefined;
    const text = await this.post(form, signal);
    // A language is found out before the question's own is taken over.
    this.context = detectOnly ? before : audioContext;
    return parsed(text);
  }

  private async post(body: FormData, signal: AbortSignal): Promise<string> {
    try {
      const url = `${this.url}/inference`;
      const response = await request(url, { method: 'POST', body, dispatcher: this.agent, signal });
      const text = await response.body.text();
      if (response.statusCode === 200) return text;
      const cause = new Error(`HTTP ${response.statusCode}: ${text.slice(0, 500)}`);
      throw NOT_ITS_WORK.has(response.statusCode) ? absence(cause) : failure(cause);
    } catch (error) {
      if (signal.aborted) throw new AbandonedQuestion('The engine was told to stop', { cause: error });
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }
}

function inForeignSteps(positions: number): number {
  return Math.min(FULL_CONTEXT, Math.ceil(positions / FOREIGN_STEP) * FOREIGN_STEP);
}

function parsed(text: string): EngineAnswer {
  try {
    return engineAnswer.parse(JSON.parse(text));
  } catch (error) {
    throw failure(new Error(`Not understood: ${text.slice(0, 500)}`, { cause: error }));
  }
}

function failure(cause: Error): HarkError {
  return new HarkError('engine_failed', 'The speech engine could not work on this recording.', {
    retryable: true,
    cause,
  });
}

function absence(cause: Error): HarkError {
  return new HarkError('engine_unavailable', 'The speech engine does not answer at the moment.', {
    retryable: true,
    cause,
  });
}
