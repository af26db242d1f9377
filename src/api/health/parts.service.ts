import { Injectable } from '@nestjs/common';
import { HealthCheck, HealthReport } from '../../core/health-check';
import { HealthRegistry } from '../../core/health.registry';

/** Monitors ask every few seconds, strangers as often as they like: a part is asked no more than this. */
const FRESH_MS = 2_000;
/** What gets ready says `warning` until it is, and whoever waits for that is to know at once. */
const WARNING_FRESH_MS = 100;

interface Asked {
  answer: Promise<HealthReport[]>;
  /** Until when the answer counts, by the monotonic clock. */
  until: number;
}

/** What the parts say of themselves; each is asked anew when its last answer is no longer fresh. */
@Injectable()
export class PartsService {
  private readonly asked = new Map<HealthCheck, Asked>();

  constructor(private readonly registry: HealthRegistry) {}

  async report(): Promise<HealthReport[]> {
    return (await Promise.all(this.registry.checks().map((part) => this.fresh(part)))).flat();
  }

  private fresh(part: HealthCheck): Promise<HealthReport[]> {
    const known = this.asked.get(part);
    if (known && performance.now() < known.until) return known.answer;
    // All who ask meanwhile wait for the same answer.
    const asked = { answer: part.check(), until: Infinity };
    this.asked.set(part, asked);
    asked.answer.then(
      (reports) => (asked.until = performance.now() + freshMs(reports)),
      () => this.asked.delete(part),
    );
    return asked.answer;
  }
}

function freshMs(reports: readonly HealthReport[]): number {
  return reports.some(({ state }) => state === 'warning') ? WARNING_FRESH_MS : FRESH_MS;
}
