import { Injectable } from '@nestjs/common';
import { HealthCheck, HealthReport } from '../../core/health-check';
import { OpenAiProbe } from './openai-probe';

/** Whether the service answers and lets hark in. */
@Injectable()
export class OpenAiHealth extends HealthCheck {
  readonly name = 'speech api';

  constructor(private readonly probe: OpenAiProbe) {
    super();
  }

  async check(): Promise<HealthReport[]> {
    const { state, detail } = await this.probe.look();
    if (state === 'ready') return [{ name: this.name, state: 'ok', detail }];
    const remedy = 'See that it runs, or correct OPENAI_BASE_URL, OPENAI_API_KEY or OPENAI_MODEL.';
    return [{ name: this.name, state: 'broken', detail, remedy }];
  }
}
