import { Injectable } from '@nestjs/common';
import { HealthCheck, HealthReport } from './health-check';

/** Knows every part that can look at itself. */
@Injectable()
export class HealthRegistry {
  private readonly all: HealthCheck[] = [];

  add(check: HealthCheck): void {
    this.all.push(check);
  }

  /** In the order in which they made themselves known. */
  checks(): readonly HealthCheck[] {
    return this.all;
  }

  /** What every part says of itself now. */
  async report(): Promise<HealthReport[]> {
    return (await Promise.all(this.all.map((part) => part.check()))).flat();
  }
}
