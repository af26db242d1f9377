import { DynamicModule, Module, ModuleMetadata } from '@nestjs/common';
import { AdmissionService } from './admission.service';
import { AnswerActionsService } from './answer-actions.service';
import { AnswerProgressService } from './answer-progress.service';
import { AttemptOutcomeService } from './attempt-outcome.service';
import { AttemptsService } from './attempts.service';
import { DeliveryOutcomeService } from './delivery-outcome.service';
import { DeliveryService } from './delivery.service';
import { ErasureService } from './erasure.service';
import { IntakeService } from './intake.service';
import { JanitorService } from './janitor.service';
import { JobChangesService } from './job-changes.service';
import { JobControlService } from './job-control.service';
import { LeaseKeeperService } from './lease-keeper.service';
import { ListeningService } from './listening.service';
import { MediaOpenerService } from './media-opener.service';
import { NoteOptionsService } from './note-options.service';
import { PlatformRegistry } from './platform.registry';
import { PrivacyService } from './privacy.service';
import { RecoveryService } from './recovery.service';
import { ReplyTurns } from './reply-turns';
import { RunningWork } from './running-work';
import { ServedAgainService } from './served-again.service';
import { StatusService } from './status.service';
import { TranscriptionService } from './transcription.service';
import { UpkeepService } from './upkeep.service';
import { WorkersService } from './workers.service';

/** The use cases. */
@Module({
  providers: [
    AdmissionService,
    AnswerActionsService,
    AnswerProgressService,
    AttemptOutcomeService,
    AttemptsService,
    DeliveryOutcomeService,
    DeliveryService,
    ErasureService,
    IntakeService,
    JanitorService,
    JobChangesService,
    JobControlService,
    LeaseKeeperService,
    ListeningService,
    MediaOpenerService,
    NoteOptionsService,
    PlatformRegistry,
    PrivacyService,
    RecoveryService,
    ReplyTurns,
    RunningWork,
    ServedAgainService,
    StatusService,
    TranscriptionService,
    UpkeepService,
    WorkersService,
  ],
  exports: [
    AnswerActionsService,
    ErasureService,
    IntakeService,
    JobControlService,
    NoteOptionsService,
    PlatformRegistry,
    PrivacyService,
    StatusService,
  ],
})
export class CoreModule {
  /** @param ports modules that provide the ports: storage, queue, media, transcriber, policy and registries */
  static over(ports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return { module: CoreModule, imports: ports };
  }
}
