import { Injectable } from '@nestjs/common';
import { AdmissionService } from './admission.service';
import { Clock } from './clock';
import { TranscriptionJob } from './job';
import { JobEvents } from './job-events';
import { keysOf } from './job-keys';
import { JobQueue } from './job-queue';
import { JobStore } from './job-store';
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
    private readonly queue: JobQueue,
    private readonly events: JobEvents,
    private readonly clock: Clock,
  ) {}

  /** @throws HarkError when the note may not come in; nothing is stored then */
  async submit(note: VoiceNote): Promise<Intake> {
    const keys = keysOf(note);
    const known = keys.dedupeKey === undefined ? undefined : await this.jobs.findDuplicate(keys.dedupeKey);
    if (known) return { job: known, created: false };
    const { admission, activeLimit } = await this.admission.check(note);
    const createdAt = this.clock.now();
    const intake = await this.jobs.add({ note, ...keys, priority: 0, activeLimit, createdAt }, admission);
    if (intake.created) {
      const { id: jobId, answerId } = intake.job;
      this.events.publish({ type: 'status', jobId, answerId, status: 'queued' });
      this.queue.wake('transcription');
    }
    return intake;
  }
}
