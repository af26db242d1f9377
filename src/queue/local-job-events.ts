import { Injectable, Logger } from '@nestjs/common';
import { JobEvent, JobEventListener, JobEvents } from '../core/job-events';

/** Events within this process. */
@Injectable()
export class LocalJobEvents extends JobEvents {
  private readonly logger = new Logger(JobEvents.name);
  private readonly listeners = new Set<{ hear: JobEventListener }>();

  publish(event: JobEvent): void {
    for (const { hear } of [...this.listeners]) {
      try {
        // The type lets an async function through, whose rejection would otherwise end the process.
        const heard = hear(event) as unknown;
        if (heard instanceof Promise) heard.catch((error: unknown) => this.complain(event, error));
      } catch (error) {
        this.complain(event, error);
      }
    }
  }

  subscribe(listener: JobEventListener): () => void {
    const entry = { hear: listener };
    this.listeners.add(entry);
    return () => void this.listeners.delete(entry);
  }

  private complain({ type, jobId }: JobEvent, error: unknown): void {
    this.logger.error({ err: error, msg: 'A listener failed', type, jobId });
  }
}
