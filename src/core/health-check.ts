export interface HealthReport {
  name: string;
  /** `warning`: works, but an admin should know. `off`: not configured. */
  state: 'ok' | 'warning' | 'broken' | 'off';
  /** One sentence. */
  detail: string;
  /** How to mend it. */
  remedy?: string;
}

/** One part's own look at itself. Makes itself known to the `HealthRegistry`. */
export abstract class HealthCheck {
  abstract readonly name: string;
  /** Answers within 5 s and never throws. */
  abstract check(): Promise<HealthReport[]>;
}
