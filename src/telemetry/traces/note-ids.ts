import { createHash, randomBytes } from 'node:crypto';
import type { IdGenerator } from '@opentelemetry/sdk-trace';

/**
 * Ids of spans. A note's trace has its job's id, and its root span one that follows from it: so every process adds to
 * the same trace and nothing has to be handed on.
 */
export class NoteIds implements IdGenerator {
  private root?: string;

  /** Makes the root span of a job's trace; what is made within `make` beyond it is like any other. */
  forRoot<T>(jobId: string, make: () => T): T {
    this.root = jobId;
    try {
      return make();
    } finally {
      this.root = undefined;
    }
  }

  generateTraceId(): string {
    return this.root === undefined ? randomBytes(16).toString('hex') : this.root.replaceAll('-', '');
  }

  generateSpanId(): string {
    if (this.root === undefined) return randomBytes(8).toString('hex');
    return createHash('sha256').update(this.root).digest('hex').slice(0, 16);
  }
}
