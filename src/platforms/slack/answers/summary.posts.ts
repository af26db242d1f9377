import { Injectable } from '@nestjs/common';
import { Answer } from '../../../core/answer';
import { isPrivate } from '../../../core/answer-outlets';
import { DraftScreen } from '../../../core/draft-screen';
import { HarkError } from '../../../core/errors';
import { Phrasebook } from '../../../core/phrasebook';
import { composeSummary } from '../../../core/summary-composer';
import { SummaryDeskService, SummaryDraft } from '../../../core/summary-desk.service';
import { SummaryPostsService } from '../../../core/summary-posts.service';
import { Person } from '../../../core/voice-note';
import { SlackResponse } from '../interactions/slack.response';
import { SlackMessage } from '../posting/answer.renderer';
import { homeOf } from '../posting/channel.outlet';
import { blocksOf, fallbackOf } from '../posting/message.blocks';
import { Conversation, SlackMessages } from '../posting/messages.service';
import { NOTHING_SHOWN, SlackReply, replyOf } from '../posting/reply';
import { SLACK_LIMITS } from '../slack-limits';
import { SLACK_MARKUP } from '../slack.markup';

/** More than the longest transcript takes; whoever waits has long gone by then. */
const WITHIN_MS = 30 * 60_000;

export interface SummaryReader {
  asker: Person;
  locale: string | undefined;
}

/** Shows summaries where the answer stands: to all who see that, or to one person alone. */
@Injectable()
export class SlackSummaryPosts {
  constructor(
    private readonly desk: SummaryDeskService,
    private readonly posts: SummaryPostsService,
    private readonly messages: SlackMessages,
    private readonly phrasebook: Phrasebook,
  ) {}

  /** @throws HarkError when there is none; nothing is left standing then */
  async show(answer: Answer, reader: SummaryReader, response: SlackResponse): Promise<void> {
    const place = placeOf(answer);
    await (place ? this.openly(answer, reader, place) : this.alone(answer, reader, response));
  }

  /** What only one person sees cannot be changed: it comes when it is whole. */
  private async alone(
    answer: Answer,
    { asker, locale }: SummaryReader,
    response: SlackResponse,
  ): Promise<void> {
    await response.tell(this.phrasebook.say(locale, 'summary.writing'));
    const drafts = await this.desk.sumUp(answer, asker, () => undefined);
    await response.show(this.messageOf(drafts, locale));
  }

  private async openly(answer: Answer, { asker }: SummaryReader, place: Conversation): Promise<void> {
    const { locale } = answer.address;
    const signal = AbortSignal.timeout(WITHIN_MS);
    const metadata = { event_type: 'hark_summary', event_payload: { answer: answer.id } };
    const { ts } = await this.messages.post(place, this.messageOf([], locale), metadata, signal);
    try {
      const { channel } = place;
      const reply: SlackReply = { ...NOTHING_SHOWN, via: 'message', channel, messages: [ts] };
      if (!(await this.posts.remember(answer, reply))) throw erased();
      const edit = (message: SlackMessage): Promise<void> =>
        this.messages.update(place, ts, message, metadata, signal);
      const screen = new DraftScreen((text) => edit(messageOf(text)), SLACK_LIMITS.editIntervalMs);
      const drafts = await this.desk.sumUp(answer, asker, (now) => screen.show(this.textOf(now, locale)));
      await screen.finish(this.textOf(drafts, locale));
      if (!(await this.posts.stands(answer))) throw erased();
    } catch (error) {
      await this.messages.remove(place, ts, signal);
      throw error;
    }
  }

  private messageOf(drafts: readonly SummaryDraft[], locale: string | undefined): SlackMessage {
    return messageOf(this.textOf(drafts, locale));
  }

  private textOf(drafts: readonly SummaryDraft[], locale: string | undefined): string {
    const { phrasebook } = this;
    if (drafts.length === 0) return SLACK_MARKUP.small(phrasebook.say(locale, 'summary.writing'));
    return composeSummary(drafts, { limits: SLACK_LIMITS, markup: SLACK_MARKUP, phrasebook, locale });
  }
}

function erased(): HarkError {
  return new HarkError('job_not_found', 'This transcript was erased.');
}

function messageOf(text: string): SlackMessage {
  return { text: fallbackOf(text), blocks: blocksOf(text) };
}

/** Undefined where only one person sees the answer, or it stands where hark cannot write by itself. */
function placeOf(answer: Answer): Conversation | undefined {
  const reply = replyOf(answer);
  if (!reply || reply.via === 'response') return undefined;
  const { workspace: team } = answer.address;
  if (reply.via === 'dm') return { team, channel: reply.channel };
  return isPrivate(answer) ? undefined : homeOf(answer);
}
