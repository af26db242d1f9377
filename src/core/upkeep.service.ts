import { Injectable } from '@nestjs/common';
import { AnswerProgressService } from './answer-progress.service';
import { AuditRetentionService } from './audit-retention.service';
import { JanitorService } from './janitor.service';
import { Term } from './leadership';
import { Policy } from './policy';
import { RecoveryService } from './recovery.service';

/** What goes on beside the lanes: recovery before the first id is taken, then replies that grow, and cleaning up. */
@Injectable()
export class UpkeepService {
  constructor(
    private readonly recovery: RecoveryService,
    private readonly progress: AnswerProgressService,
    private readonly janitor: JanitorService,
    private readonly audit: AuditRetentionService,
    private readonly policy: Policy,
  ) {}

  /** For a new leader. Resolves when work may begin, or the term is over. */
  async takeOver(term: Term): Promise<void> {
    await this.recovery.recover(term.signal);
    if (this.policy.slots.delivery && !term.signal.aborted) this.progress.begin(term);
  }

  /** For whoever transcribes. */
  clean(): void {
    if (!this.policy.slots.transcription) return;
    this.janitor.start();
    this.audit.start();
  }
}
