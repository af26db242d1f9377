import { DynamicModule, Module, ModuleMetadata } from '@nestjs/common';
import { AdmissionService } from './admission.service';
import { AnswerActionsService } from './answer-actions.service';
import { AnswerLookupService } from './answer-lookup.service';
import { AnswerProgressService } from './answer-progress.service';
import { AskedAgainService } from './asked-again.service';
import { AttemptOutcomeService } from './attempt-outcome.service';
import { AttemptsService } from './attempts.service';
import { AuditRetentionService } from './audit-retention.service';
import { AudioAllowanceService } from './audio-allowance.service';
import { AudioService } from './audio.service';
import { AutomaticPlacesService } from './automatic-places.service';
import { CorrectionService } from './correction.service';
import { DeliveryOutcomeService } from './delivery-outcome.service';
import { DeliveryPatienceService } from './delivery-patience.service';
import { DeliveryService } from './delivery.service';
import { EnginePauseService } from './engine-pause.service';
import { ErasingTimeService } from './erasing-time.service';
import { ExportedRecordingsService } from './exported-recordings.service';
import { DraftModelService } from './draft-model.service';
import { DraftingService } from './drafting.service';
import { ErasureService } from './erasure.service';
import { FixDeskService } from './fix-desk.service';
import { GlossaryService } from './glossary.service';
import { GoneNotesService } from './gone-notes.service';
import { InformedReadingService } from './informed-reading.service';
import { ShortSlotsService } from './short-slots.service';
import { HeardPiecesService } from './heard-pieces.service';
import { IntakeService } from './intake.service';
import { JanitorService } from './janitor.service';
import { JobChangesService } from './job-changes.service';
import { JobControlService } from './job-control.service';
import { KeptResultsService } from './kept-results.service';
import { LaneWorkService } from './lane-work.service';
import { LeaseKeeperService } from './lease-keeper.service';
import { LimitsDeskService } from './limits-desk.service';
import { ListeningService } from './listening.service';
import { LiveAllowanceService } from './live-allowance.service';
import { LiveOptionsService } from './live-options.service';
import { LiveEngineService } from './live-engine.service';
import { LiveSessionsService } from './live-sessions.service';
import { MediaOpenerService } from './media-opener.service';
import { NoteIntakeService } from './note-intake.service';
import { NoteOptionsService } from './note-options.service';
import { PersonExportService } from './person-export.service';
import { PlaceQuotasService } from './place-quotas.service';
import { PlaceSettingsService } from './place-settings.service';
import { OutageService } from './outage.service';
import { PlatformRegistry } from './platform.registry';
import { PostedRepliesService } from './posted-replies.service';
import { PrivacyDeskService } from './privacy-desk.service';
import { PrivacyFactsService } from './privacy-facts.service';
import { PrivacyService } from './privacy.service';
import { ReadingService } from './reading.service';
import { RecoveryService } from './recovery.service';
import { ReplyTurns } from './reply-turns';
import { RunningWork } from './running-work';
import { SearchPace } from './search-pace';
import { SearchService } from './search.service';
import { SpeakerService } from './speaker.service';
import { StatusService } from './status.service';
import { TermSuggestionsService } from './term-suggestions.service';
import { SummaryDeskService } from './summary-desk.service';
import { SummaryOfferService } from './summary-offer.service';
import { SummaryPostsService } from './summary-posts.service';
import { SummaryWriterService } from './summary-writer.service';
import { TranscriptionService } from './transcription.service';
import { UndeliverableService } from './undeliverable.service';
import { UpkeepService } from './upkeep.service';
import { WaitingService } from './waiting.service';
import { WithdrawnConsentService } from './withdrawn-consent.service';
import { WorkersService } from './workers.service';

/** The use cases. */
@Module({
  providers: [
    AdmissionService,
    AnswerActionsService,
    AnswerLookupService,
    AnswerProgressService,
    AskedAgainService,
    AttemptOutcomeService,
    AttemptsService,
    AuditRetentionService,
    AudioAllowanceService,
    AudioService,
    AutomaticPlacesService,
    CorrectionService,
    DeliveryOutcomeService,
    DeliveryPatienceService,
    DeliveryService,
    DraftModelService,
    DraftingService,
    EnginePauseService,
    ErasingTimeService,
    ErasureService,
    ExportedRecordingsService,
    FixDeskService,
    GlossaryService,
    GoneNotesService,
    InformedReadingService,
    HeardPiecesService,
    ShortSlotsService,
    IntakeService,
    JanitorService,
    JobChangesService,
    JobControlService,
    KeptResultsService,
    LaneWorkService,
    LeaseKeeperService,
    LimitsDeskService,
    ListeningService,
    LiveAllowanceService,
    LiveEngineService,
    LiveOptionsService,
    LiveSessionsService,
    MediaOpenerService,
    NoteIntakeService,
    NoteOptionsService,
    PersonExportService,
    PlaceQuotasService,
    PlaceSettingsService,
    OutageService,
    PlatformRegistry,
    PostedRepliesService,
    PrivacyDeskService,
    PrivacyFactsService,
    PrivacyService,
    ReadingService,
    RecoveryService,
    ReplyTurns,
    RunningWork,
    SearchPace,
    SearchService,
    SpeakerService,
    StatusService,
    TermSuggestionsService,
    SummaryDeskService,
    SummaryOfferService,
    SummaryPostsService,
    SummaryWriterService,
    TranscriptionService,
    UndeliverableService,
    UpkeepService,
    WaitingService,
    WithdrawnConsentService,
    WorkersService,
  ],
  exports: [
    AnswerActionsService,
    AskedAgainService,
    AnswerLookupService,
    AudioService,
    AutomaticPlacesService,
    CorrectionService,
    ErasureService,
    FixDeskService,
    GlossaryService,
    GoneNotesService,
    IntakeService,
    JobControlService,
    LimitsDeskService,
    LiveAllowanceService,
    LiveOptionsService,
    LiveSessionsService,
    NoteIntakeService,
    NoteOptionsService,
    PersonExportService,
    PlaceQuotasService,
    PlaceSettingsService,
    PlatformRegistry,
    PrivacyDeskService,
    PrivacyService,
    SearchService,
    StatusService,
    SummaryDeskService,
    SummaryOfferService,
    SummaryPostsService,
    SummaryWriterService,
  ],
})
export class CoreModule {
  /** @param ports modules that provide the ports: storage, queue, media, transcriber, policy and registries */
  static over(ports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return { module: CoreModule, imports: ports };
  }
}
