import { Injectable } from '@nestjs/common';
import { HealthReport } from '../../core/health-check';
import { HealthRegistry } from '../../core/health.registry';

/** Monitors ask every few seconds, strangers as often as they like: the parts are asked no more than this. */
const FRESH_MS = 2_000;

/** What the parts say of themselves, asked anew when the last answer is no longer fresh. */
@Injectable()
export class PartsService {
  private asked?: { at: number; answer: Promise<HealthReport[]> };

  constructor(private readonly registry: HealthRegistry) {}

  report(): Promise<HealthReport[]> {
    const now = performance.now();
    if (!this.asked || now - this.asked.at > FRESH_MS) {
      this.asked = { at: now, answer: this.registry.report() };
    }
    return this.asked.answer;
  }
}
