import { ServerResponse } from 'node:http';
import { Json } from './slack-model';

/** What goes wrong. */
type FaultKind =
  /** 429 with `Retry-After` in seconds; nothing was done. */
  | { kind: 'ratelimited'; retryAfter: number }
  /** An HTTP error; nothing was done. */
  | { kind: 'status'; status: number }
  /** `{ ok: false, error }`, for a download the login page that Slack now and then shows; nothing was done. */
  | { kind: 'error'; error: string }
  /** The connection is cut: `before` anything was done, or `after` it was done and only the answer is lost. */
  | { kind: 'drop'; when: 'before' | 'after' }
  /** It is done at once, the answer (of a download the second half) waits for the promise. */
  | { kind: 'hold'; until: Promise<unknown> };

export type Fault = FaultKind & {
  /**
   * A Web API method (`chat.postMessage`), `response_url`, `upload`, `download`, a pattern over those, or `*`.
   */
  method: string | RegExp;
  /** How many matching calls it meets; 1 unless given. */
  times?: number;
  /** Meets only calls whose arguments fit. */
  fits?: (params: Json) => boolean;
};

/** The faults that wait for their calls. */
export class SlackFaults {
  private waiting: { fault: Fault; left: number }[] = [];

  /** The next matching calls go wrong. */
  next(fault: Fault): void {
    this.waiting.push({ fault, left: fault.times ?? 1 });
  }

  /** Forgets the faults that have not struck. */
  clear(): void {
    this.waiting = [];
  }

  /** How many calls would still be met. */
  get left(): number {
    return this.waiting.reduce((sum, entry) => sum + entry.left, 0);
  }

  /** Takes the fault that this call meets. */
  take(method: string, params: Json): Fault | undefined {
    const entry = this.waiting.find(
      ({ fault }) =>
        (fault.method === '*' ||
          (typeof fault.method === 'string' ? fault.method === method : fault.method.test(method))) &&
        (fault.fits?.(params) ?? true),
    );
    if (!entry) return undefined;
    entry.left -= 1;
    if (entry.left === 0) this.waiting = this.waiting.filter((other) => other !== entry);
    return entry.fault;
  }
}

/** A short name for the record. */
export function nameOf(fault: Fault): string {
  if (fault.kind === 'drop') return `drop ${fault.when}`;
  if (fault.kind === 'status') return `status ${fault.status}`;
  if (fault.kind === 'error') return `error ${fault.error}`;
  return fault.kind;
}

/** Lets a fault strike that stands before the work. Returns whether it has answered (or cut the connection). */
export function strike(fault: Fault | undefined, response: ServerResponse): boolean {
  if (!fault) return false;
  switch (fault.kind) {
    case 'ratelimited':
      response.writeHead(429, {
        'retry-after': String(fault.retryAfter),
        'content-type': 'application/json',
      });
      response.end(JSON.stringify({ ok: false, error: 'ratelimited' }));
      return true;
    case 'status':
      response.writeHead(fault.status, { 'content-type': 'text/html' });
      response.end('<html><body>Server Error</body></html>');
      return true;
    case 'error':
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
      response.end(JSON.stringify({ ok: false, error: fault.error }));
      return true;
    case 'drop':
      if (fault.when === 'after') return false;
      response.destroy();
      return true;
    case 'hold':
      return false;
  }
}
