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
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS);
    });
    try {
      const kind = await Promise.race([this.database.ping(), late]);
      return [{ name: this.name, state: 'ok', detail: `${kind} answers.` }];
    } catch {
      return [
        {
          name: this.name,
          state: 'broken',
          detail: 'The database does not answer.',
          remedy:
            'Check DATABASE_URL, the rights on DATA_DIR and the space left on its disk; the log has the cause.',
        },
      ];
    } finally {
      clearTimeout(timer);
    }
  }
}
