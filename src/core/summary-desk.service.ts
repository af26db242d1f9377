import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Answer, AnswerPart } from './answer';
import { optedOut } from './consent';
import { HarkError } from './errors';
import { isLongText } from './long-text';
import { Policy } from './policy';
import { PreferenceStore } from './preference-store';
import { Summarizer } from './summarizer';
import { Summary } from './summary';
import { SummaryOfferService } from './summary-offer.service';
import { SummaryWriterService } from './summary-writer.service';
import { Person, PlatformName } from './voice-note';

/** The summary of one of an answer's notes, as far as it is. */
export interface SummaryDraft {
  part: AnswerPart;
  /** Untrusted. */
  text: string;
  /** Once it is whole. */
  summary?: Summary;
  error?: HarkError;
}

/** What the button under long transcripts does, on every platform. */
@Injectable()
export class SummaryDeskService {
  constructor(
    private readonly offer: SummaryOfferService,
    private readonly writer: SummaryWriterService,
    private readonly preferences: PreferenceStore,
    private readonly policy: Policy,
  ) {}

  /** The host to which the words would go and of which the user has not been told; undefined: nothing is to be said. */
  async untold(platform: PlatformName, asker: Person): Promise<string | undefined> {
    const host = (await this.offer.for(platform, asker))?.host;
    if (host === undefined) return undefined;
    const { summaryHosts } = await this.preferences.get(userOf(platform, asker));
    return summaryHosts?.includes(host) ? undefined : host;
  }

  /**
   * The user was told of a host, and agrees. Settings may have changed since: nothing is agreed to that was not shown.
   *
   * @param shown what stood in the question, as of `hostMark`
   */
  async agree(platform: PlatformName, asker: Person, shown: string | undefined): Promise<void> {
    const host = await this.untold(platform, asker);
    if (host === undefined || hostMark(host) !== shown) return;
    const { summaryHosts = [] } = await this.preferences.get(userOf(platform, asker));
    await this.preferences.set(userOf(platform, asker), { summaryHosts: [...summaryHosts, host] });
  }

  /**
   * Whether the answer can be summed up for this user, before anything is posted.
   *
   * @throws HarkError `summaries_off`, `speaker_opted_out`, or why the summarizer is not asked at the moment
   */
  async check(answer: Answer, asker: Person): Promise<void> {
    const { summarizer, parts } = await this.orders(answer, asker);
    const missing = await Promise.all(
      parts.map(async (part) => !(await this.writer.kept(this.orderOf(part, summarizer, answer, asker)))),
    );
    const outage = missing.includes(true) ? summarizer.outage() : undefined;
    if (outage) throw outage;
  }

  /**
   * Sums up the answer's long notes, one after the other.
   *
   * @param hear all that there is, each time that there is more
   * @throws HarkError when there is nothing to show in the end
   */
  async sumUp(
    answer: Answer,
    asker: Person,
    hear: (drafts: readonly SummaryDraft[]) => void,
  ): Promise<readonly SummaryDraft[]> {
    const { summarizer, parts } = await this.orders(answer, asker);
    const drafts: SummaryDraft[] = parts.map((part) => ({ part, text: '' }));
    for (const draft of drafts) {
      const tell = (text: string): void => {
        draft.text = text;
        hear(drafts);
      };
      try {
        draft.summary = await this.writer.write(this.orderOf(draft.part, summarizer, answer, asker), tell);
        tell(draft.summary.text);
      } catch (error) {
        draft.error = HarkError.from(error);
        draft.text = '';
      }
    }
    const failed = drafts.find(({ error }) => error)?.error;
    if (failed && drafts.every(({ summary }) => !summary)) throw failed;
    return drafts;
  }

  private async orders(
    { address, parts }: Answer,
    asker: Person,
  ): Promise<{ summarizer: Summarizer; parts: AnswerPart[] }> {
    const summarizer = await this.offer.for(address.platform, asker);
    const long = parts.filter((part) => isLongText(part, this.offer.leastCharacters));
    if (!summarizer || long.length === 0) throw summariesOff();
    for (const { job } of long) await this.checkSpeaker(job.platform, job.author, summarizer);
    return { summarizer, parts: long };
  }

  /** Words of somebody who does not want to be transcribed stay on this machine. @throws HarkError `speaker_opted_out` */
  async checkSpeaker(platform: PlatformName, speaker: Person, { host }: Summarizer): Promise<void> {
    if (host === undefined) return;
    if ((await this.preferences.get(userOf(platform, speaker))).optedOut) throw optedOut();
  }

  private orderOf(
    { job, transcript }: AnswerPart,
    summarizer: Summarizer,
    { address }: Answer,
    asker: Person,
  ): Parameters<SummaryWriterService['write']>[0] {
    const words = transcript ?? { text: job.text ?? '', language: job.language };
    const user = { platform: address.platform, user: asker.id };
    const bound = this.policy.summaries.tokensPerMonth;
    return { job, transcript: words, summarizer, user, bound };
  }
}

function userOf(platform: PlatformName, { id }: Person): Parameters<PreferenceStore['get']>[0] {
  return { platform, kind: 'user', id };
}

/** Stands for a host in what a button carries, where there is little room. */
export function hostMark(host: string): string {
  return createHash('sha256').update(host).digest('base64url').slice(0, 16);
}

export function summariesOff(): HarkError {
  return new HarkError('summaries_off', 'Summaries are switched off here.');
}
