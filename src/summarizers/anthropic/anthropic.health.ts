import { Injectable } from '@nestjs/common';
import { RemoteSummaryHealth } from '../remote.health';
import { AnthropicAccess } from './anthropic.access';
import { AnthropicClient } from './anthropic.client';

/** Anthropic's API, as it is now. */
@Injectable()
export class AnthropicHealth extends RemoteSummaryHealth {
  readonly name = 'summaries: anthropic';
  protected readonly settings = 'SUMMARY_ANTHROPIC';
  protected readonly listsModels = true;

  constructor(
    access: AnthropicAccess,
    private readonly client: AnthropicClient,
  ) {
    super(access);
  }

  protected async look(model: string, signal: AbortSignal): Promise<unknown> {
    return (await this.client.get()).models.retrieve(model, {}, { signal });
  }
}
