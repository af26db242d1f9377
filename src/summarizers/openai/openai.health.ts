import { Injectable } from '@nestjs/common';
import { RemoteSummaryHealth } from '../remote.health';
import { OpenAiSummaryAccess } from './openai.access';
import { OpenAiSummaryClient } from './openai.client';

/** The OpenAI-compatible service, as it is now. */
@Injectable()
export class OpenAiSummaryHealth extends RemoteSummaryHealth {
  readonly name = 'summaries: openai';
  protected readonly settings = 'SUMMARY_OPENAI';
  protected readonly listsModels = false;

  constructor(
    access: OpenAiSummaryAccess,
    private readonly client: OpenAiSummaryClient,
  ) {
    super(access);
  }

  protected async look(model: string, signal: AbortSignal): Promise<unknown> {
    return (await this.client.get()).models.retrieve(model, { signal });
  }
}
