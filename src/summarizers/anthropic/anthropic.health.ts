import { Injectable } from '@nestjs/common';
import { HealthCheck, HealthReport } from '../../core/health-check';
import { Refusal } from '../service-errors';
import { AnthropicAccess } from './anthropic.access';
import { AnthropicClient } from './anthropic.client';

const PATIENCE_MS = 4_000;

/** Whether the API answers and lets hark in. Nothing is generated for it. */
@Injectable()
export class AnthropicHealth extends HealthCheck {
  readonly name = 'summaries: anthropic';

  constructor(
    private readonly access: AnthropicAccess,
    private readonly client: AnthropicClient,
  ) {
    super();
  }

  async check(): Promise<HealthReport[]> {
    const { model, address } = this.access;
    try {
      const client = await this.client.get();
      await client.models.retrieve(model, {}, { signal: AbortSignal.timeout(PATIENCE_MS) });
      return [{ name: this.name, state: 'ok', detail: `${model} at ${address} answers.` }];
    } catch (error) {
      const { status } = error as Refusal;
      const detail =
        status === 401 || status === 403
          ? `${address} does not accept the key.`
          : status === 404
            ? `${address} does not know the model ${model}.`
            : `${address} does not answer${status === undefined ? '' : ` as it should (${status})`}.`;
      const remedy =
        'Correct SUMMARY_ANTHROPIC_API_KEY, SUMMARY_ANTHROPIC_MODEL or SUMMARY_ANTHROPIC_BASE_URL.';
      return [{ name: this.name, state: 'warning', detail, remedy }];
    }
  }
}
