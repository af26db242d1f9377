import { Injectable } from '@nestjs/common';
import { AnswerStore } from '../../../core/answer-store';
import { TranscriptionJob } from '../../../core/job';
import { Hit } from '../../../core/search.service';
import { replyOf } from '../posting/reply';
import { SlackWebApi } from '../slack-web-api.service';

const TIMEOUT_MS = 5_000;

/** Finds the messages that a search leads to. */
@Injectable()
export class SlackLinksService {
  constructor(
    private readonly answers: AnswerStore,
    private readonly api: SlackWebApi,
  ) {}

  /** By job id: the note's message, or hark's own answer to a command. What only one person saw has none. */
  async of(team: string, hits: readonly Hit[]): Promise<Map<string, string>> {
    const base = await this.api.address(team, AbortSignal.timeout(TIMEOUT_MS));
    const links = new Map<string, string>();
    for (const { job } of hits) {
      const link = await this.linkTo(base, job);
      if (link !== undefined) links.set(job.id, link);
    }
    return links;
  }

  private async linkTo(
    base: string,
    { answerId, replyTo, ...job }: TranscriptionJob,
  ): Promise<string | undefined> {
    if (replyTo?.message && replyTo.channel)
      return permalink(base, replyTo.channel, replyTo.message, replyTo.thread);
    const answer = answerId === undefined || job.private ? undefined : await this.answers.find(answerId);
    const { channel, messages: [message] = [] } = (answer && replyOf(answer)) ?? {};
    return channel && message ? permalink(base, channel, message, replyTo?.thread) : undefined;
  }
}

/** As Slack writes addresses of messages. @param base the workspace's own address, with a slash at the end */
function permalink(base: string, channel: string, ts: string, thread?: string): string {
  const inThread = thread && thread !== ts ? `?thread_ts=${thread}&cid=${channel}` : '';
  return `${base}archives/${channel}/p${ts.replace('.', '')}${inThread}`;
}
