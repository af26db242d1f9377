import { Injectable } from '@nestjs/common';
import { HealthCheck, HealthReport } from '../../core/health-check';
import { Refusal } from '../service-errors';
import { OpenAiSummaryAccess } from './openai.access';
import { OpenAiSummaryClient } from './openai.client';

const PATIENCE_MS = 4_000;

/** Whether the service answers and lets hark in. Nothing is generated for it. */
@Injectable()
export class OpenAiSummaryHealth extends HealthCheck {
  readonly name = 'summaries: openai';

  constructor(
    private readonly access: OpenAiSummaryAccess,
    private readonly client: OpenAiSummaryClient,
  ) {
    super();
  }

  async check(): Promise<HealthReport[]> {
    const { model, address } = this.access;
    try {
      const client = await this.client.get();
      await client.models.retrieve(model, { signal: AbortSignal.timeout(PATIENCE_MS) });
      return [{ name: this.name, state: 'ok', detail: `${model} at ${address} answers.` }];
    } catch (error) {
      const { status } = error as Refusal;
      if (status === 404 || status === 405)
        return [{ name: this.name, state: 'ok', detail: `${address} answers; it lists no model ${model}.` }];
      const detail =
        status === 401 || status === 403
          ? `${address} does not accept the key.`
          : `${address} does not answer${status === undefined ? '' : ` as it should (${status})`}.`;
      const remedy =
        'See that it runs, or correct SUMMARY_OPENAI_BASE_URL, SUMMARY_OPENAI_API_KEY or SUMMARY_OPENAI_MODEL.';
      return [{ name: this.name, state: 'warning', detail, remedy }];
    }
  }
}
