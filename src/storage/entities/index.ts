import { AnswerEntity } from './answer.entity';
import { AuditEntity } from './audit.entity';
import { ErasedNoteEntity } from './erased-note.entity';
import { GlossarySuggestionEntity } from './glossary-suggestion.entity';
import { GlossaryTermEntity } from './glossary-term.entity';
import { JobEntity } from './job.entity';
import { PieceEntity } from './piece.entity';
import { PreferenceEntity } from './preference.entity';
import { QueueLineEntity } from './queue-line.entity';
import { QuotaUseEntity } from './quota-use.entity';
import { SessionEntity } from './session.entity';
import { SummaryPostEntity } from './summary-post.entity';
import { SummaryUseEntity } from './summary-use.entity';
import { SummaryEntity } from './summary.entity';
import { TermEntity } from './term.entity';
import { TokenEntity } from './token.entity';
import { TranscriptEntity } from './transcript.entity';
import { WebhookDeliveryEntity } from './webhook-delivery.entity';
import { WebhookEntity } from './webhook.entity';

export const ENTITIES = [
  AnswerEntity,
  AuditEntity,
  ErasedNoteEntity,
  GlossarySuggestionEntity,
  GlossaryTermEntity,
  JobEntity,
  PieceEntity,
  PreferenceEntity,
  QueueLineEntity,
  QuotaUseEntity,
  SessionEntity,
  SummaryEntity,
  SummaryPostEntity,
  SummaryUseEntity,
  TermEntity,
  TokenEntity,
  TranscriptEntity,
  WebhookDeliveryEntity,
  WebhookEntity,
];
