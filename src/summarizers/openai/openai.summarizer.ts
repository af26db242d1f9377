import { Injectable } from '@nestjs/common';
import type OpenAI from 'openai' with { 'resolution-mode': 'import' };
import { Clock } from '../../core/clock';
import { SummaryListener } from '../../core/summarizer';
import { TokenUse } from '../../core/summary';
import { Refusal } from '../../remote/refusal';
import { ANSWER_TOKENS, Instructed } from '../instructions';
import { RemoteSummarizer, estimateOf } from '../remote.summarizer';
import { declined, senseless } from '../service-errors';
import { OpenAiSummaryAccess } from './openai.access';
import { OpenAiSummaryClient } from './openai.client';
import { FORMS, Form, fieldsOf, isAboutForm } from './request-forms';

type Chunks = AsyncIterable<OpenAI.Chat.Completions.ChatCompletionChunk>;

/** Any service with OpenAI's `/chat/completions`. */
@Injectable()
export class OpenAiSummarizer extends RemoteSummarizer {
  readonly name = 'openai';
  /** The first form that the service has not refused. */
  private form = 0;

  constructor(
    access: OpenAiSummaryAccess,
    clock: Clock,
    private readonly client: OpenAiSummaryClient,
  ) {
    super(access, clock);
  }

  protected async ask(asked: Instructed, hear: SummaryListener, signal: AbortSignal): Promise<void> {
    await this.read(await this.begin(asked, signal), asked, hear, signal);
  }

  private async begin({ system, data }: Instructed, signal: AbortSignal): Promise<Chunks> {
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
