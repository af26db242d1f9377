import { JobEvent } from '../../core/job-events';

/** Collects the events of one job until somebody has time for them. */
export class EventInbox {
  private events: JobEvent[] = [];
  private arrived = Promise.withResolvers<void>();

  constructor(private readonly jobId: string) {}

  readonly put = (event: JobEvent): void => {
    if (event.jobId !== this.jobId) return;
    this.events.push(event);
    this.arrived.resolve();
  };

  /** What has come since the last time. */
  take(): JobEvent[] {
    const events = this.events;
    this.events = [];
    this.arrived = Promise.withResolvers();
    return events;
  }

  /** Returns as soon as there is something, after `timeoutMs` at the latest, or when the signal fires. */
  async wait(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const wake = Promise.withResolvers<void>();
    const timer = setTimeout(wake.resolve, timeoutMs);
    const stop = (): void => wake.resolve();
    signal.addEventListener('abort', stop, { once: true });
    try {
      await Promise.race([this.arrived.promise, wake.promise]);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  }
}
