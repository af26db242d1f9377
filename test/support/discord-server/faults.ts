/** What can go wrong with a request. */
export type Fault =
  /** 429. `retryAfter` in seconds, sent as it is; `scope` follows from `global` unless given. */
  | { kind: 'rate-limit'; retryAfter: number; global?: boolean; scope?: 'user' | 'global' | 'shared' }
  /** Any other status, e.g. 500, 502, 503, or `{ status: 403, body: { code: 50013, message: '…' } }`. */
  | { kind: 'status'; status: number; body?: unknown }
  /**
   * The connection is lost and nothing happened. `reset` (the default) sends RST, which discord.js tries again by itself
   * (not inside jest, where Node's own errors are of another realm); `close` ends it, which reaches the app.
   */
  | { kind: 'drop-before'; how?: 'reset' | 'close' }
  /** It happened, but the answer never arrives. */
  | { kind: 'drop-after'; how?: 'reset' | 'close' }
  /** The request waits for the promise before (default) or after its effect. */
  | { kind: 'hold'; until: Promise<unknown>; when?: 'before' | 'after' }
  /** CDN: the connection is cut after so many bytes of the file. */
  | { kind: 'truncate'; bytes: number }
  /** CDN: the file comes in small pieces. */
  | { kind: 'drip'; chunkBytes: number; everyMs: number };

export interface PlannedFault {
  /** Any method unless given. */
  method?: string;
  /** Matched against the path without `/api/v10`, or `/attachments/…`. */
  path: RegExp;
  /** How many matching requests it hits; 1 unless given. */
  times?: number;
  /** How many matching requests pass unharmed first; 0 unless given. */
  after?: number;
  fault: Fault;
}

/** The faults a test has ordered, in the order of ordering; each request meets the first that fits. */
export class Faults {
  readonly #planned: Required<Omit<PlannedFault, 'method'>>[] = [];
  readonly #methods = new WeakMap<object, string>();

  next(plan: PlannedFault): void {
    const planned = { path: plan.path, times: plan.times ?? 1, after: plan.after ?? 0, fault: plan.fault };
    if (plan.method) this.#methods.set(planned, plan.method.toUpperCase());
    this.#planned.push(planned);
  }

  /** How many requests are still to be hit. */
  get pending(): number {
    return this.#planned.reduce((sum, plan) => sum + plan.times, 0);
  }

  clear(): void {
    this.#planned.length = 0;
  }

  take(method: string, path: string): Fault | undefined {
    for (const plan of this.#planned) {
      const wanted = this.#methods.get(plan) ?? method;
      if (plan.times === 0 || wanted !== method || !plan.path.test(path)) continue;
      if (plan.after > 0) {
        plan.after -= 1;
        continue;
      }
      plan.times -= 1;
      return plan.fault;
    }
    return undefined;
  }
}

/** The drip's rhythm: the one place where time itself is what is simulated. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
