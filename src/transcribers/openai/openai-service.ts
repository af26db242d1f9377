import { Injectable } from '@nestjs/common';
import type OpenAI from 'openai' with { 'resolution-mode': 'import' };
import { Clock } from '../../core/clock';
import { HarkError } from '../../core/errors';
import { OpenAiClient } from '../../remote/openai-client';
import { Refusal } from '../../remote/refusal';
import { AnswerForm, AnswerForms, FORM_FIELDS, isAboutForm } from './answer-forms';
import { OpenAiAccess } from './openai-access';
import { OpenAiAnswer, openAiAnswer } from './openai-answer';
import { OpenAiLimits } from './openai-limits';
import { codesOf, doubtful, serviceError } from './openai-errors';

/** One piece to be heard. */
export interface Question {
  /** WAV. */
  file: Uint8Array<ArrayBuffer>;
  /** Seconds of audio in it. */
  seconds: number;
  /** Undefined: the service finds out. */
  language?: string;
  translate: boolean;
  prompt?: string;
}

/** Asks the service through its official client, each question once: whether to ask again is for others to decide. */
@Injectable()
export class OpenAiService {
  private readonly client: OpenAiClient;
  private readonly transcriptions = new AnswerForms(['words', 'segments', 'probabilities', 'text']);
  private readonly translations = new AnswerForms(['segments', 'text']);

  constructor(
    private readonly access: OpenAiAccess,
    private readonly limits: OpenAiLimits,
    private readonly clock: Clock,
  ) {
    this.client = new OpenAiClient(access);
  }

  /**
   * @throws HarkError `engine_…` (see `serviceError`), and the abort reason when `signal` fires: the request is closed
   */
  async ask(question: Question, signal: AbortSignal): Promise<OpenAiAnswer> {
    const forms = question.translate ? this.translations : this.transcriptions;
    const client = await this.client.get();
    const limit = AbortSignal.timeout(this.limits.requestMs(question.seconds));
    const limited = AbortSignal.any([signal, limit]);
    for (const form of forms.toTry) {
      try {
        const answer = await send(client, this.access.model, question, form, limited);
        const understood = this.parsed(answer);
        forms.answered(form);
        return understood;
      } catch (error) {
        signal.throwIfAborted();
        if (limit.aborted) throw this.tooSlow();
        if (!isRefusedForm(error) || form === 'text') throw this.explained(error, question.translate);
      }
    }
    throw new TypeError('There is always a form left');
  }

  private parsed(answer: unknown): OpenAiAnswer {
    const { success, data, error } = openAiAnswer.safeParse(answer);
    if (success) return data;
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
    throw this.notUnderstood(`${error.issues[0]?.message} in ${text}`);
  }

  private explained(error: unknown, translating: boolean): HarkError {
    if (error instanceof HarkError) return error;
    const refusal = error as Refusal;
    // What is no JSON although it says so.
    if (refusal instanceof SyntaxError) return this.notUnderstood(refusal.message);
    const codes = codesOf(refusal).join(' ');
    return serviceError(
      refusal,
      translating,
      this.access.shown(`${refusal.message} ${codes}`),
      this.clock.now(),
    );
  }

  private tooSlow(): HarkError {
    return doubtful(
      'engine_timeout',
      'The speech service took too long.',
      this.access.shown('no answer in time'),
    );
  }

  private notUnderstood(what: string): HarkError {
    return doubtful(
      'engine_failed',
      'The speech service gave an answer that makes no sense.',
      this.access.shown(what),
    );
  }
}

async function send(
  client: OpenAI,
  model: string,
  { file, language, translate, prompt }: Question,
  form: AnswerForm,
  signal: AbortSignal,
): Promise<unknown> {
  const fields = {
    file: new File([file], 'piece.wav', { type: 'audio/wav' }),
    model,
    ...(prompt !== undefined && { prompt }),
    ...FORM_FIELDS[form],
  };
  if (translate) return client.audio.translations.create(fields, { signal });
  const spoken = language === undefined ? {} : { language };
  // Casts: the client's types want a literal form, and lists that are not read-only.
  const body = { ...fields, ...spoken } as unknown as OpenAI.Audio.TranscriptionCreateParamsNonStreaming;
  return client.audio.transcriptions.create(body, { signal });
}

function isRefusedForm(error: unknown): boolean {
  const { status, param, message } = error as Refusal;
  return status !== undefined && isAboutForm(status, param ?? undefined, message);
}
