import { Injectable } from '@nestjs/common';
import { TranscriptionJob } from '../../../core/job';
import { AnswerStore } from '../../../core/answer-store';
import { Hit } from '../../../core/search.service';
import { linkTo, linkToNote } from '../discord-links';
import { replyOf } from '../posting/reply';

/** Finds the messages that a search leads to. */
@Injectable()
export class HitLinksService {
  constructor(private readonly answers: AnswerStore) {}

  /** By job id: the note's message, or hark's own answer to a command. What only one person saw has none. */
  async of(hits: readonly Hit[]): Promise<Map<string, string>> {
    const links = new Map<string, string>();
    for (const { job } of hits) {
      const link = linkToNote(job) ?? (job.private ? undefined : await this.linkToAnswer(job));
      if (link !== undefined) links.set(job.id, link);
    }
    return links;
  }

  private async linkToAnswer({ answerId, replyTo }: TranscriptionJob): Promise<string | undefined> {
    const answer = answerId === undefined ? undefined : await this.answers.find(answerId);
    const { channel, messages: [message] = [] } = (answer && replyOf(answer)) ?? {};
    if (!channel || !message) return undefined;
    return linkTo({ workspace: replyTo?.workspace, channel, message });
  }
}
