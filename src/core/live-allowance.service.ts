import { Injectable } from '@nestjs/common';
import { AdmissionService } from './admission.service';
import { AudioAllowanceService } from './audio-allowance.service';
import { Clock } from './clock';
import { JobStore } from './job-store';
import { LiveUse } from './live-use';
import { QuotaRule } from './quota-rules';
import { Member, ReplyAddress } from './voice-note';

/** Nobody in particular: whoever speaks. */
const ANYBODY = { id: '' };

/** Minutes that somebody in a chat may still have listened to. */
export interface LiveAllowance {
  /** So many seconds of speech were read by now. @throws HarkError when that is more than is allowed */
  took(seconds: number): Promise<void>;
}

/** Holds those who have a conversation listened to in a chat to the limits on notes: the minutes are theirs. */
@Injectable()
export class LiveAllowanceService {
  constructor(
    private readonly admission: AdmissionService,
    private readonly audio: AudioAllowanceService,
    private readonly jobs: JobStore,
    private readonly use: LiveUse,
    private readonly clock: Clock,
  ) {}

  /**
   * @param session its id
   * @throws HarkError when they may not ask here, or have asked for enough
   */
  async begin(session: string, requester: Member, replyTo: ReplyAddress): Promise<LiveAllowance> {
    const { platform, workspace: server, channel } = replyTo;
    const { admission, audioRules } = await this.admission.check({
      platform,
      author: ANYBODY,
      requester,
      trigger: 'request',
      source: { kind: 'attachment', platform, ids: {} },
      options: { language: 'auto', translate: false },
      replyTo,
      private: false,
      position: 0,
      fresh: true,
    });
    await admission?.check((scope, since) => this.jobs.usage(scope, since));
    const begunAt = this.clock.now();
    const by = { platform, user: requester.id, server, channel };
    await this.use.note(session, by, begunAt, 0);
    return { took: (seconds) => this.took({ session, by, begunAt, audioRules }, seconds) };
  }

  private async took(
    of: {
      session: string;
      by: Parameters<LiveUse['note']>[1];
      begunAt: Date;
      audioRules?: readonly QuotaRule[];
    },
    seconds: number,
  ): Promise<void> {
    await this.use.note(of.session, of.by, of.begunAt, seconds);
    await this.audio.check({ id: of.session, audioRules: of.audioRules }, seconds);
  }
}
