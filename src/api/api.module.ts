import { DynamicModule, Module, ModuleMetadata } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { MulterModule } from '@nestjs/platform-express';
import { ThrottlerModule } from '@nestjs/throttler';
import { API_PREFIX } from './api-prefix';
import { AudioController } from './audio/audio.controller';
import { AuditController } from './audit/audit.controller';
import { JobEventsController } from './events/job-events.controller';
import { JobFollowerService } from './events/job-follower.service';
import { NewsController } from './events/news.controller';
import { NewsService } from './events/news.service';
import { JobsController } from './jobs/jobs.controller';
import { TranscriptController } from './jobs/transcript.controller';
import { LiveAdmission } from './live/live-admission.service';
import { LiveLimits } from './live/live-limits';
import { LiveGateway } from './live/live.gateway';
import { REQUEST_LIMITS } from './request-limit.guard';
import { GlossariesController } from './glossaries/glossaries.controller';
import { CorrectionController } from './jobs/correction.controller';
import { ModelsController } from './models/models.controller';
import { PeopleController } from './people/people.controller';
import { PlacesController } from './places/places.controller';
import { QuotasController } from './quotas/quotas.controller';
import { SessionController } from './session/session.controller';
import { SeriesController } from './stats/series.controller';
import { StatsController } from './stats/stats.controller';
import { MultipartOptions } from './transcriptions/multipart.options';
import { JobSummariesService } from './summaries/job-summaries.service';
import { SummaryController } from './summaries/summary.controller';
import { SubmissionService } from './transcriptions/submission.service';
import { TranscriptionsController } from './transcriptions/transcriptions.controller';
import { WebhookAttemptsService } from './webhooks/webhook-attempts.service';
import { WebhookSenderService } from './webhooks/webhook-sender.service';
import { WebhooksController } from './webhooks/webhooks.controller';
import { WebhooksService } from './webhooks/webhooks.service';

type Imports = NonNullable<ModuleMetadata['imports']>;

/** The REST API, for processes with the `api` role. Needs `configureApi` on the application. */
@Module({})
export class ApiModule {
  /** @param core modules that give the use cases and ports: core, storage, media, queue, policy and access */
  static over(core: Imports): DynamicModule {
    const multipart = MulterModule.registerAsync({ imports: core, useClass: MultipartOptions });
    const prefixed = RouterModule.register([{ path: API_PREFIX, module: ApiModule }]);
    return {
      module: ApiModule,
      imports: [...core, multipart, ThrottlerModule.forRoot(REQUEST_LIMITS), prefixed],
      controllers: [
        TranscriptionsController,
        JobsController,
        TranscriptController,
        CorrectionController,
        SummaryController,
        AudioController,
        JobEventsController,
        StatsController,
        AuditController,
        QuotasController,
        PeopleController,
        WebhooksController,
        SessionController,
        NewsController,
        ModelsController,
        PlacesController,
        GlossariesController,
        SeriesController,
      ],
      providers: [
        JobFollowerService,
        LiveAdmission,
        LiveGateway,
        { provide: LiveLimits, useFactory: () => new LiveLimits() },
        NewsService,
        SubmissionService,
        JobSummariesService,
        WebhookAttemptsService,
        WebhookSenderService,
        WebhooksService,
      ],
    };
  }
}
