import { Module, OnApplicationShutdown, OnModuleInit, Provider, Type } from '@nestjs/common';
import { AnswerStore } from '../core/answer-store';
import { AuditLog } from '../core/audit-log';
import { CorrectionStore } from '../core/correction-store';
import { GlossaryStore } from '../core/glossary-store';
import { HealthModule } from '../core/health.module';
import { HealthRegistry } from '../core/health.registry';
import { JobArchive } from '../core/job-archive';
import { JobStore } from '../core/job-store';
import { LiveUse } from '../core/live-use';
import { PreferenceStore } from '../core/preference-store';
import { SessionStore } from '../core/session-store';
import { SummaryStore } from '../core/summary-store';
import { TermStore } from '../core/term-store';
import { TokenStore } from '../core/token-store';
import { UploadStore } from '../core/upload-store';
import { WebhookOutbox, WebhookStore } from '../core/webhook-store';
import { Settings } from '../settings/settings';
import { AnswerRepository } from './answers/answer.repository';
import { JobArchiveRepository } from './archive/job-archive.repository';
import { AuditRepository } from './audit.repository';
import { Database } from './database';
import { GlossaryRepository } from './glossary.repository';
import { CorrectionRepository } from './jobs/correction.repository';
import { JobRepository } from './jobs/job.repository';
import { LiveUseRepository } from './live-use.repository';
import { openDatabase } from './open-database';
import { PreferenceRepository } from './preference.repository';
import { SessionRepository } from './session.repository';
import { StorageHealthCheck } from './storage-health.check';
import { SummaryRepository } from './summaries/summary.repository';
import { TermRepository } from './term.repository';
import { TokenRepository } from './token.repository';
import { openUploads } from './uploads/open-uploads';
import { WebhookOutboxRepository } from './webhooks/webhook-outbox.repository';
import { WebhookSeal } from './webhooks/webhook-seal';
import { WebhookRepository } from './webhooks/webhook.repository';

const STORES: Provider[] = [
  store(JobStore, JobRepository),
  store(JobArchive, JobArchiveRepository),
  store(AnswerStore, AnswerRepository),
  store(PreferenceStore, PreferenceRepository),
  store(GlossaryStore, GlossaryRepository),
  store(CorrectionStore, CorrectionRepository),
  store(LiveUse, LiveUseRepository),
  store(SessionStore, SessionRepository),
  store(SummaryStore, SummaryRepository),
  store(TermStore, TermRepository),
  store(TokenStore, TokenRepository),
  store(AuditLog, AuditRepository),
  sealed(WebhookStore, WebhookRepository),
  sealed(WebhookOutbox, WebhookOutboxRepository),
  {
    provide: UploadStore,
    inject: [Settings, HealthRegistry],
    useFactory: openUploads,
  },
];

/** All that is kept. The database is open, and its tables are up to date, before anybody gets a store. */
@Module({
  imports: [HealthModule],
  providers: [
    {
      provide: Database,
      inject: [Settings],
      useFactory: ({ databaseUrl, databasePoolSize: poolSize }: Settings) =>
        openDatabase(databaseUrl, { poolSize }),
    },
    {
      provide: WebhookSeal,
      inject: [Settings],
      useFactory: (settings: Settings) => new WebhookSeal(settings),
    },
    ...STORES,
  ],
  exports: STORES.map((provider) => (provider as { provide: Type }).provide),
})
export class StorageModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly database: Database,
    private readonly health: HealthRegistry,
  ) {}

  onModuleInit(): void {
    this.health.add(new StorageHealthCheck(this.database));
  }

  /** The last of all: while modules are being destroyed, running work is still handed back. */
  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}

function store<T>(port: abstract new () => T, repository: new (database: Database) => T): Provider {
  return { provide: port, inject: [Database], useFactory: (database: Database) => new repository(database) };
}

function sealed<T>(
  port: abstract new () => T,
  repository: new (database: Database, seal: WebhookSeal) => T,
): Provider {
  return {
    provide: port,
    inject: [Database, WebhookSeal],
    useFactory: (database: Database, seal: WebhookSeal) => new repository(database, seal),
  };
}
