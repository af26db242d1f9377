import { Injectable } from '@nestjs/common';
import type OpenAI from 'openai' with { 'resolution-mode': 'import' };
import { Clock } from '../../core/clock';
import { HarkError } from '../../core/errors';
import { Summarizer, SummaryListener, SummaryRequest } from '../../core/summarizer';
import { TokenUse, estimatedTokens } from '../../core/summary';
import { ANSWER_TOKENS, Instructed, instructed } from '../instructions';
import { Refusal, declined, senseless, serviceError } from '../service-errors';
import { OpenAiSummaryAccess } from './openai.access';
import { OpenAiSummaryClient } from './openai.client';
import { FORMS, Form, fieldsOf, isAboutForm } from './request-forms';

type Chunks = AsyncIterable<OpenAI.Chat.Completions.ChatCompletionChunk>;

/** Any service with OpenAI's `/chat/completions`, each question once. */
@Injectable()
export class OpenAiSummarizer extends Summarizer {
  readonly name = 'openai';
  readonly way = 'written';
  readonly host?: string;
  readonly madeBy: string;
  /** The first form that the service has not refused. */
  private form = 0;

  constructor(
    private readonly access: OpenAiSummaryAccess,
    private readonly client: OpenAiSummaryClient,
    private readonly clock: Clock,
  ) {
    super();
    this.host = access.host;
    this.madeBy = access.madeBy;
  }

  tokensFor(request: SummaryRequest): number {
    const { system, data } = instructed(request);
    return estimatedTokens(system + data) + ANSWER_TOKENS;
  }

  async summarize(request: SummaryRequest, hear: SummaryListener, signal: AbortSignal): Promise<void> {
    const asked = instructed(request);
    try {
      await this.read(await this.ask(asked, signal), asked, hear, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof HarkError) throw error;
      const refusal = error as Refusal;
      if (refusal instanceof SyntaxError) throw senseless(this.access.shown(refusal.message));
      const shown = this.access.shown(`${refusal.message} ${refusal.code ?? ''} ${refusal.type ?? ''}`);
      throw serviceError(refusal, shown, this.clock.now());
    }
  }

  private async ask({ system, data }: Instructed, signal: AbortSignal): Promise<Chunks> {
    const client = await this.client.get();
    for (;;) {
      try {
        return await client.chat.completions.create(
          {
            model: this.access.model,
            messages: [
              { role: 'system', content: system },
              { role: 'user', content: data },
            ],
            stream: true,
            ...fieldsOf(FORMS[this.form] as Form, ANSWER_TOKENS),
          },
          { signal },
        );
      } catch (error) {
        const { status, message } = error as Refusal;
        if (!isAboutForm(status, message) || this.form === FORMS.length - 1) throw error;
        this.form += 1;
      }
    }
  }

  /** Whatever was taken on has its price, also where it breaks off or is broken off. */
  private async read(
    chunks: Chunks,
    asked: Instructed,
    hear: SummaryListener,
    signal: AbortSignal,
  ): Promise<void> {
    let [written, refusal] = ['', ''];
    let ended: string | undefined;
    let use: TokenUse | undefined;
    try {
      for await (const { choices, usage } of chunks) {
        const [choice] = choices;
        if (usage) use = { input: usage.prompt_tokens, output: usage.completion_tokens, estimated: false };
        refusal += choice?.delta.refusal ?? '';
        ended = choice?.finish_reason ?? ended;
        const text = choice?.delta.content ?? '';
        written += text;
        if (text !== '') hear({ text });
      }
    } finally {
      hear({ use: use ?? estimateOf(asked, written) });
    }
    // The client ends an aborted stream without a word.
    signal.throwIfAborted();
    if (refusal !== '' || ended === 'content_filter') throw declined(ended ?? 'refusal');
    if (ended === undefined || ended === 'tool_calls') throw senseless(this.access.shown('no end in sight'));
    if (ended === 'length') hear({ text: ' …' });
  }
}

function estimateOf({ system, data }: Instructed, written: string): TokenUse {
  return { input: estimatedTokens(system + data), output: estimatedTokens(written), estimated: true };
}
