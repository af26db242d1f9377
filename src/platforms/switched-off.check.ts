import { HealthCheck, HealthReport } from '../core/health-check';
import { HealthRegistry } from '../core/health.registry';

/** Names the platforms that hark does not serve, and how to change that. */
export class SwitchedOffCheck extends HealthCheck {
  readonly name = 'platforms';

  constructor(
    registry: HealthRegistry,
    private readonly platforms: readonly { name: string; setting: string }[],
  ) {
    super();
    registry.add(this);
  }

  check(): Promise<HealthReport[]> {
    const off = this.platforms.map(({ name, setting }): HealthReport => {
      return { name, state: 'off', detail: `${setting} is not set.` };
    });
    return Promise.resolve(off);
  }
}
