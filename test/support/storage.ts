import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AnswerStore } from '../../src/core/answer-store';
import { AuditLog } from '../../src/core/audit-log';
import { CorrectionStore } from '../../src/core/correction-store';
import { GlossaryStore } from '../../src/core/glossary-store';
import { JobArchive } from '../../src/core/job-archive';
import { JobStore } from '../../src/core/job-store';
import { PreferenceStore } from '../../src/core/preference-store';
import { SessionStore } from '../../src/core/session-store';
import { SummaryStore } from '../../src/core/summary-store';
import { TermStore } from '../../src/core/term-store';
import { TokenStore } from '../../src/core/token-store';
import { WebhookOutbox, WebhookStore } from '../../src/core/webhook-store';
import { UploadStore } from '../../src/core/upload-store';
import { AnswerRepository } from '../../src/storage/answers/answer.repository';
import { JobArchiveRepository } from '../../src/storage/archive/job-archive.repository';
import { AuditRepository } from '../../src/storage/audit.repository';
import { Database } from '../../src/storage/database';
import { GlossaryRepository } from '../../src/storage/glossary.repository';
import { CorrectionRepository } from '../../src/storage/jobs/correction.repository';
import { JobRepository } from '../../src/storage/jobs/job.repository';
import { PostgresqlChoices } from '../../src/storage/dialects/postgresql.dialect';
import { openDatabase } from '../../src/storage/open-database';
import { PreferenceRepository } from '../../src/storage/preference.repository';
import { SessionRepository } from '../../src/storage/session.repository';
import { SummaryRepository } from '../../src/storage/summaries/summary.repository';
import { TermRepository } from '../../src/storage/term.repository';
import { TokenRepository } from '../../src/storage/token.repository';
import { WebhookOutboxRepository } from '../../src/storage/webhooks/webhook-outbox.repository';
import { WebhookRepository } from '../../src/storage/webhooks/webhook.repository';
import { WebhookSeal } from '../../src/storage/webhooks/webhook-seal';
import { LocalUploadStore } from '../../src/storage/uploads/local-upload.store';

/** All that is kept in the database. */
export interface Stores {
  jobs: JobStore;
  archive: JobArchive;
  answers: AnswerStore;
  preferences: PreferenceStore;
  glossary: GlossaryStore;
  corrections: CorrectionStore;
  sessions: SessionStore;
  summaries: SummaryStore;
  terms: TermStore;
  tokens: TokenStore;
  audit: AuditLog;
  webhooks: WebhookStore;
  outbox: WebhookOutbox;
}

export interface TestStorage extends Stores {
  uploads: UploadStore;
  dataDir: string;
  databaseUrl: string;
  /** The database's file, where it is SQLite; its write-ahead log lies beside it. */
  databasePath: string;
  close(): Promise<void>;
}

/**
 * The real stores on a real database.
 *
 * @param dataDir of an earlier storage, to open the same one again or a second time; a new one is made, and removed by
 *   `close`, when it is missing
 * @param databaseUrl an SQLite file in the data folder when it is missing
 */
export async function openTestStorage(
  dataDir?: string,
  databaseUrl?: string,
  choices?: Partial<PostgresqlChoices>,
): Promise<TestStorage> {
  const directory = dataDir ?? (await mkdtemp(join(tmpdir(), 'hark-storage-')));
  const databasePath = join(directory, 'hark.sqlite');
  const url = databaseUrl ?? `sqlite:${databasePath}`;
  const database = await openDatabase(url, choices);
  return {
    ...storesOf(database, directory),
    uploads: new LocalUploadStore(join(directory, 'uploads')),
    dataDir: directory,
    databaseUrl: url,
    databasePath,
    close: async () => {
      await database.close();
      if (dataDir === undefined) await rm(directory, { recursive: true, force: true });
    },
  };
}

/** @param dataDir where keys are kept that the database must not know */
export function storesOf(database: Database, dataDir: string): Stores {
  const seal = new WebhookSeal({ dataDir });
  return {
    jobs: new JobRepository(database),
    archive: new JobArchiveRepository(database),
    answers: new AnswerRepository(database),
    glossary: new GlossaryRepository(database),
    corrections: new CorrectionRepository(database),
    preferences: new PreferenceRepository(database),
    sessions: new SessionRepository(database),
    summaries: new SummaryRepository(database),
    terms: new TermRepository(database),
    tokens: new TokenRepository(database),
    audit: new AuditRepository(database),
    webhooks: new WebhookRepository(database, seal),
    outbox: new WebhookOutboxRepository(database, seal),
  };
}
