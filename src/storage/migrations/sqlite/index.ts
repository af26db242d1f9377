import { InitialMigration } from './0001-initial.migration';
import { KeptResultsMigration } from './0002-kept-results.migration';
import { QuotasMigration } from './0003-quotas.migration';
import { AuditMigration } from './0004-audit.migration';
import { FleetMigration } from './0005-fleet.migration';
import { WebhooksMigration } from './0006-webhooks.migration';
import { SumsMigration } from './0007-sums.migration';
import { KeptAudioMigration } from './0008-kept-audio.migration';
import { SessionsMigration } from './0009-sessions.migration';
import { ConfidentialMigration } from './0011-confidential.migration';
import { AudioRulesMigration } from './0013-audio-rules.migration';
import { ErasedNotesMigration } from './0014-erased-notes.migration';
import { CorrectionsMigration } from './0015-corrections.migration';
import { SearchMigration } from './0016-search.migration';
import { SummariesMigration } from './0017-summaries.migration';
import { HeardLanguageMigration } from './0018-heard-language.migration';
import { DraftsMigration } from './0019-drafts.migration';

/** In the order in which they run. What has been released is never changed, only added to. */
export const SQLITE_MIGRATIONS = [
  InitialMigration,
  KeptResultsMigration,
  QuotasMigration,
  AuditMigration,
  FleetMigration,
  WebhooksMigration,
  SumsMigration,
  KeptAudioMigration,
  SessionsMigration,
  ConfidentialMigration,
  AudioRulesMigration,
  ErasedNotesMigration,
  CorrectionsMigration,
  SearchMigration,
  SummariesMigration,
  HeardLanguageMigration,
  DraftsMigration,
];
