import { TranscriptionJob, isFinished } from '../../src/core/job';
import { TestStorage } from '../support/storage';

/** How far the jobs are, as the job table says. What it says last counts while the database is away. */
export class ChaosWatch {
  jobs: TranscriptionJob[] = [];

  constructor(private readonly storage: TestStorage) {}

  async look(): Promise<void> {
    try {
      const jobs: TranscriptionJob[] = [];
      for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
        const page = await this.storage.archive.list({ limit: 200, cursor });
        jobs.push(...page.jobs);
        cursor = page.nextCursor;
      }
      this.jobs = jobs;
    } catch {
      // The next look tells.
    }
  }

  get ended(): number {
    return this.jobs.filter(({ status }) => isFinished(status)).length;
  }

  /** Ids of the chat messages that have become jobs. */
  get messages(): ReadonlySet<string> {
    return new Set(this.jobs.map(({ replyTo }) => replyTo?.message ?? ''));
  }
}
