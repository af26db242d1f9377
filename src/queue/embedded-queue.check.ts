import { Injectable } from '@nestjs/common';
import { HealthCheck, HealthReport } from '../core/health-check';
import { HealthRegistry } from '../core/health.registry';

/** The embedded queue is part of the process: it is well while that answers. */
@Injectable()
export class EmbeddedQueueCheck extends HealthCheck {
  readonly name = 'queue';

  constructor(registry: HealthRegistry) {
    super();
    registry.add(this);
  }

  check(): Promise<HealthReport[]> {
    return Promise.resolve([
      { name: this.name, state: 'ok', detail: 'The embedded queue, for this process alone.' },
    ]);
  }
}
