import { Injectable } from '@nestjs/common';
import { JobArchive } from './job-archive';
import { Policy } from './policy';
import { SummaryOfferService } from './summary-offer.service';
import { Person, PlatformName } from './voice-note';

/** What people ought to know about their recordings before they choose. */
export interface PrivacyFacts {
  /** Transcripts of one's own that are stored. */
  stored: number;
  /** 0: for ever. */
  retentionDays: number;
  /** Days for which audio is kept; 0: only until it has been read. */
  audioDays: number;
  /** Hosts that audio is sent to, if any. */
  services: readonly string[];
  /** The same for the text of what is to be summed up. */
  summaryServices: readonly string[];
}

/** Finds out what becomes of somebody's recordings. */
@Injectable()
export class PrivacyFactsService {
  constructor(
    private readonly archive: JobArchive,
    private readonly policy: Policy,
    private readonly offer: SummaryOfferService,
  ) {}

  async of(platform: PlatformName, { id }: Person): Promise<PrivacyFacts> {
    const stored = (await this.archive.ofUser(platform, id)).length;
    const { retentionDays, keepAudioDays, audioServices } = this.policy;
    const audioDays = retentionDays > 0 ? Math.min(keepAudioDays, retentionDays) : keepAudioDays;
    const hosts = this.offer.all.flatMap(({ host }) => (host === undefined ? [] : [host]));
    return { stored, retentionDays, audioDays, services: audioServices, summaryServices: hosts };
  }
}
