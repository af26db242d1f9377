import { Injectable } from '@nestjs/common';
import { AdmissionService } from './admission.service';
import { Clock } from './clock';
import { TranscriptionJob } from './job';
import { HarkError } from './errors';
import { JobChangesService } from './job-changes.service';
import { keysOf } from './job-keys';
import { JobStore } from './job-store';
import { Telemetry } from './telemetry';
import { VoiceNote } from './voice-note';

export interface Intake {
  job: TranscriptionJob;
  /** False when the note was known already. */
  created: boolean;
}

/** Takes notes in: a note becomes one job, however often it arrives. */
@Injectable()
export class IntakeService {
  constructor(
    private readonly admission: AdmissionService,
    private readonly jobs: JobStore,
    private readonly changes: JobChangesService,
    private readonly clock: Clock,
    private readonly telemetry: Telemetry,
  ) {}

  /** @throws HarkError when the note may not come in; nothing is stored then */
  async submit(note: VoiceNote): Promise<Intake> {
    try {
      return await this.take(note);
    } catch (error) {
      // An outage is no refusal.
      if (error instanceof HarkError && !error.retryable)
        this.telemetry.tell({ type: 'refused', platform: note.platform, code: error.code });
      throw error;
    }
  }

  private async take(note: VoiceNote): Promise<Intake> {
    const keys = keysOf(note);
    const known = keys.dedupeKey === undefined ? undefined : await this.jobs.findDuplicate(keys.dedupeKey);
    if (known) return { job: known, created: false };
    const { admission, ...limits } = await this.admission.check(note);
    const createdAt = this.clock.now();
    const intake = await this.jobs.add({ note, ...keys, priority: 0, ...limits, createdAt }, admission);
    if (intake.created) this.changes.added(intake.job);
    return intake;
  }
}
