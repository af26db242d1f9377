import { Injectable } from '@nestjs/common';
import { HealthCheck, HealthReport } from '../../core/health-check';
import { HealthRegistry } from '../../core/health.registry';
import { HarkError } from '../../core/errors';
import { WebhookStore } from '../../core/webhook-store';

const REMEDY = 'GET /api/v1/webhooks says which; POST /api/v1/webhooks/<id>/enable switches it on again.';

/** Whether those who want to be told are. */
@Injectable()
export class WebhooksCheck extends HealthCheck {
  readonly name = 'webhooks';

  constructor(
    private readonly store: WebhookStore,
    registry: HealthRegistry,
  ) {
    super();
    registry.add(this);
  }

  async check(): Promise<HealthReport[]> {
    return [{ name: this.name, ...(await this.report()) }];
  }

  private async report(): Promise<Omit<HealthReport, 'name'>> {
    try {
      const webhooks = await this.store.list();
      if (webhooks.length === 0) return { state: 'off', detail: 'Nobody is to be told when jobs end.' };
      const off = webhooks.filter(({ disabled }) => disabled);
      const failing = webhooks.filter(({ disabled, failingSince }) => !disabled && failingSince);
      if (off.length + failing.length === 0) return { state: 'ok', detail: `${webhooks.length} set.` };
      const detail = `Of ${webhooks.length} set, ${off.length} are switched off and ${failing.length} fail now.`;
      return { state: 'warning', detail, remedy: REMEDY };
    } catch (error) {
      return { state: 'warning', detail: HarkError.from(error).userMessage };
    }
  }
}
