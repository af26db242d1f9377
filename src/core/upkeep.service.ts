import { Injectable } from '@nestjs/common';
import { AnswerProgressService } from './answer-progress.service';
import { AuditRetentionService } from './audit-retention.service';
import { JanitorService } from './janitor.service';
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

  async begin(): Promise<void> {
    const { transcription, delivery } = this.policy.slots;
    if (transcription || delivery) await this.recovery.recover();
    if (delivery) this.progress.start();
    if (!transcription) return;
    this.janitor.start();
    this.audit.start();
  }
}
