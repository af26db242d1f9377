import { Injectable } from '@nestjs/common';
import { JobArchive } from './job-archive';
import { Clock } from './clock';
import { Policy } from './policy';
import { monthOf } from './summary';
import { SummaryStore } from './summary-store';
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
  /** For one's own summaries this month, where there are any; `limit` 0: no bound. */
  tokens?: { used: number; limit: number };
  /** Who may sum up for oneself: names, and whether on this machine; empty where the admin has decided. */
  summarizers: readonly { name: string; here: boolean }[];
  /** Who does at present. */
  summarizer?: string;
}

/** Finds out what becomes of somebody's recordings. */
@Injectable()
export class PrivacyFactsService {
  constructor(
    private readonly archive: JobArchive,
    private readonly policy: Policy,
    private readonly offer: SummaryOfferService,
    private readonly summaries: SummaryStore,
    private readonly clock: Clock,
  ) {}

  async of(platform: PlatformName, person: Person): Promise<PrivacyFacts> {
    const stored = (await this.archive.ofUser(platform, person.id)).length;
    const { retentionDays, keepAudioDays, audioServices } = this.policy;
    const audioDays = retentionDays > 0 ? Math.min(keepAudioDays, retentionDays) : keepAudioDays;
    const own = { stored, retentionDays, audioDays, services: audioServices };
    return { ...own, ...(await this.summariesOf(platform, person)) };
  }

  private async summariesOf(
    platform: PlatformName,
    person: Person,
  ): Promise<Pick<PrivacyFacts, 'summaryServices' | 'tokens' | 'summarizers' | 'summarizer'>> {
    const { all, choices } = this.offer;
    const month = monthOf(this.clock.now());
    const use = (await this.summaries.usage({ platform, user: person.id })).find(
      (one) => one.month === month,
    );
    const used = (use?.input ?? 0) + (use?.output ?? 0);
    const limit = this.policy.summaries.tokensPerMonth;
    return {
      summaryServices: all.flatMap(({ host }) => (host === undefined ? [] : [host])),
      ...(all.length > 0 && { tokens: { used, limit } }),
      summarizers: choices.map(({ name, host }) => ({ name, here: host === undefined })),
      ...(choices.length > 0 && { summarizer: (await this.offer.for(platform, person))?.name }),
    };
  }
}
