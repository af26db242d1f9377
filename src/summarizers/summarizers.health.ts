import { HealthCheck, HealthReport } from '../core/health-check';
import { Summarizer } from '../core/summarizer';

/** Somebody else's service is not asked every time that somebody looks at this one. */
const FRESH_MS = 60_000;

/** A driver that the settings name, and who looks at what it needs. */
export interface WatchedDriver {
  summarizer: Summarizer;
  parts: HealthCheck;
}

/** Summaries are an extra: what is wrong with them is a warning at most. */
export class SummarizersHealth extends HealthCheck {
  readonly name = 'summaries';

  private readonly seen = new Map<HealthCheck, { at: number; reports: Promise<HealthReport[]> }>();

  constructor(private readonly drivers: readonly WatchedDriver[]) {
    super();
  }

  async check(): Promise<HealthReport[]> {
    if (this.drivers.length === 0)
      return [{ name: this.name, state: 'off', detail: 'Off. SUMMARIZERS names who may write them.' }];
    const looks = await Promise.all(
      this.drivers.map(async ({ summarizer, parts }) => {
        const outage = summarizer.outage();
        if (!outage) return this.look(parts);
        const until = outage.retryAt?.toISOString() ?? 'later';
        const detail = `Out of use until ${until}, after it has failed.`;
        return [{ name: parts.name, state: 'warning' as const, detail, remedy: 'The log says why.' }];
      }),
    );
    return looks.flat();
  }

  private look(parts: HealthCheck): Promise<HealthReport[]> {
    const now = performance.now();
    const seen = this.seen.get(parts);
    if (seen && now - seen.at < FRESH_MS) return seen.reports;
    const reports = parts.check();
    this.seen.set(parts, { at: now, reports });
    return reports;
  }
}
