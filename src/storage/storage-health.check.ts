import { HealthCheck, HealthReport } from '../core/health-check';
import { Database } from './database';

const PATIENCE_MS = 4_000;

/** Whether the database answers. */
export class StorageHealthCheck extends HealthCheck {
  readonly name = 'database';

  constructor(private readonly database: Database) {
    super();
  }

  async check(): Promise<HealthReport[]> {
    const { name, remedy } = this.database.dialect;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS);
    });
    try {
      await Promise.race([this.database.ping(), late]);
      return [{ name: this.name, state: 'ok', detail: `${name} answers.` }];
    } catch {
      return [{ name: this.name, state: 'broken', detail: `${name} does not answer.`, remedy }];
    } finally {
      clearTimeout(timer);
    }
  }
}
