import { Injectable } from '@nestjs/common';
import { optedOut, speakerAgrees } from './consent';
import { ErasureService } from './erasure.service';
import { Interruption } from './interruption';
import { TranscriptionJob } from './job';
import { JobArchive } from './job-archive';
import { JobControlService } from './job-control.service';
import { PreferenceStore, Preferences } from './preference-store';
import { PlatformName } from './voice-note';

const BATCH = 100;

/** What becomes of notes that were taken in before their speaker decided otherwise: none of it is read or posted. */
@Injectable()
export class WithdrawnConsentService {
  constructor(
    private readonly preferences: PreferenceStore,
    private readonly archive: JobArchive,
    private readonly control: JobControlService,
    private readonly erasure: ErasureService,
  ) {}

  /**
   * Before a note is read. One that nobody asked for leaves no trace.
   *
   * @param speaker what whoever speaks in it has chosen
   * @throws HarkError `speaker_opted_out`, or an Interruption when the job is gone
   */
  async check(job: TranscriptionJob, speaker: Preferences): Promise<void> {
    if (covers(job, speaker)) return;
    if (job.trigger !== 'automatic') throw optedOut();
    await this.erasure.erase(job.id);
    throw new Interruption('cancelled');
  }

  /** After somebody has decided: ends what is not finished yet, and what was posted for it goes. */
  async end(platform: PlatformName, speaker: string): Promise<void> {
    const choices = await this.preferences.get({ platform, kind: 'user', id: speaker });
    for (let cursor: string | undefined; ;) {
      const status: TranscriptionJob['status'][] = ['queued', 'running', 'delivering'];
      const page = await this.archive.list({ platform, user: speaker, status, limit: BATCH, cursor });
      for (const job of page.jobs)
        if (job.author.id === speaker && !covers(job, choices)) await this.endOne(job);
      cursor = page.nextCursor;
      if (cursor === undefined) return;
    }
  }

  /** Whoever asked is told why nothing comes, unless something has been heard: that must go at once, with all of it. */
  private async endOne({ id, trigger, status, progress, draft }: TranscriptionJob): Promise<void> {
    const unheard = status === 'queued' && progress === 0 && !draft;
    if (trigger === 'automatic' || !unheard) await this.erasure.erase(id);
    else await this.control.giveUp(id, optedOut());
  }
}

function covers({ replyTo, ...job }: TranscriptionJob, speaker: Preferences): boolean {
  // What somebody gives to the API is their own affair.
  return !replyTo || speakerAgrees(job, speaker);
}
