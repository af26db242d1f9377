import { Injectable } from '@nestjs/common';
import type Anthropic from '@anthropic-ai/sdk' with { 'resolution-mode': 'import' };
import { Clock } from '../../core/clock';
import { SummaryListener } from '../../core/summarizer';
import { TokenUse } from '../../core/summary';
import { ANSWER_TOKENS, Instructed } from '../instructions';
import { RemoteSummarizer, estimateOf } from '../remote.summarizer';
import { declined, senseless } from '../service-errors';
import { AnthropicAccess } from './anthropic.access';
import { AnthropicClient } from './anthropic.client';

type Events = AsyncIterable<Anthropic.Messages.RawMessageStreamEvent>;

/** Anthropic's Messages API. */
@Injectable()
export class AnthropicSummarizer extends RemoteSummarizer {
  readonly name = 'anthropic';

  constructor(
    access: AnthropicAccess,
    clock: Clock,
    private readonly client: AnthropicClient,
  ) {
    super(access, clock);
  }

  protected async ask(asked: Instructed, hear: SummaryListener, signal: AbortSignal): Promise<void> {
    await this.read(await this.begin(asked, signal), asked, hear, signal);
  }

  private async begin({ system, data }: Instructed, signal: AbortSignal): Promise<Events> {
    const client = await this.client.get();
    return client.messages.create(
      {
        model: this.access.model,
        max_tokens: ANSWER_TOKENS,
        system,
        messages: [{ role: 'user', content: data }],
        stream: true,
      },
      { signal },
    );
  }

  /** Whatever was taken on has its price, also where it breaks off or is broken off. */
  private async read(
    events: Events,
    asked: Instructed,
    hear: SummaryListener,
    signal: AbortSignal,
  ): Promise<void> {
    let written = '';
    let reason: string | null = null;
    let over = false;
    let [input, output]: (number | undefined)[] = [];
    try {
      for await (const event of events) {
        if (event.type === 'message_start') input = inputOf(event.message.usage);
        else if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') {
          written += event.delta.text;
          hear({ text: event.delta.text });
        } else if (event.type === 'message_delta') {
          reason = event.delta.stop_reason ?? reason;
          output = event.usage.output_tokens;
          if (event.usage.input_tokens !== null) input = inputOf(event.usage);
        } else if (event.type === 'message_stop') over = true;
      }
    } finally {
      hear({ use: useOf(input, output, asked, written) });
    }
    // The client ends an aborted stream without a word.
    signal.throwIfAborted();
    if (reason === 'refusal') throw declined('refusal');
    if (!over || reason === 'tool_use') throw senseless(this.access.shown('no end in sight'));
    if (reason === 'max_tokens' || reason === 'model_context_window_exceeded') hear({ text: ' …' });
  }
}

/** What was read from a cache was read, too. */
function inputOf(usage: Anthropic.Messages.Usage | Anthropic.Messages.MessageDeltaUsage): number {
  const { input_tokens, cache_read_input_tokens, cache_creation_input_tokens } = usage;
  return (input_tokens ?? 0) + (cache_read_input_tokens ?? 0) + (cache_creation_input_tokens ?? 0);
}

function useOf(
  input: number | undefined,
  output: number | undefined,
  asked: Instructed,
  written: string,
): TokenUse {
  const estimate = estimateOf(asked, written);
  const estimated = input === undefined || output === undefined;
  return { input: input ?? estimate.input, output: output ?? estimate.output, estimated };
}
