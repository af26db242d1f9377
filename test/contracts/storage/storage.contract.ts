import { describeAnswerContents } from './answer-contents.contract';
import { describeAnswerFailures } from './answer-failures.contract';
import { describeAnswerLeases } from './answer-leases.contract';
import { describeAnswersDue } from './answers-due.contract';
import { describeAuditLog } from './audit-log.contract';
import { describeCorrections } from './corrections.contract';
import { describeDrafts } from './drafts.contract';
import { describeFairLimits } from './fair-limits.contract';
import { describeFairOrder } from './fair-order.contract';
import { describeGlossary } from './glossary.contract';
import { describeJobArchive } from './job-archive.contract';
import { describeJobAttempts } from './job-attempts.contract';
import { describeJobIntake } from './job-intake.contract';
import { describeJobSearch } from './job-search.contract';
import { describeJobTransitions } from './job-transitions.contract';
import { describeManyAtOnce } from './many-at-once.contract';
import { describeKeptResults } from './kept-results.contract';
import { describeQuotaUse } from './quota-use.contract';
import { describeSmallStores } from './small-stores.contract';
import { describeSummaryStore } from './summary-store.contract';
import { describeWebhookOutbox } from './webhook-outbox.contract';
import { StorageUnderTest } from './storage-under-test';

/** All that every database must do. */
export function describeStorage(under: StorageUnderTest): void {
  describeJobTransitions(under);
  describeJobIntake(under);
  describeJobAttempts(under);
  describeFairOrder(under);
  describeDrafts(under);
  describeFairLimits(under);
  describeAnswersDue(under);
  describeAnswerLeases(under);
  describeAnswerFailures(under);
  describeAnswerContents(under);
  describeJobArchive(under);
  describeJobSearch(under);
  describeManyAtOnce(under);
  describeKeptResults(under);
  describeQuotaUse(under);
  describeGlossary(under);
  describeCorrections(under);
  describeSmallStores(under);
  describeSummaryStore(under);
  describeAuditLog(under);
  describeWebhookOutbox(under);
}
