import { Injectable } from '@nestjs/common';
import { Answer } from './answer';
import { AnswerStore } from './answer-store';
import { PostedReply } from './job-events';
import { SummaryStore } from './summary-store';

/** What was posted of a job's words, for whoever is about to erase it. */
@Injectable()
export class PostedRepliesService {
  constructor(
    private readonly answers: AnswerStore,
    private readonly summaries: SummaryStore,
  ) {}

  async of(
    jobId: string,
    answerId: string | undefined,
  ): Promise<{ reply?: PostedReply; summaries?: PostedReply[] }> {
    if (answerId === undefined) return {};
    const reply = postedOf(await this.answers.find(answerId));
    const summaries = await this.summaries.posts(jobId);
    return { reply, ...(summaries.length > 0 && { summaries }) };
  }

  async stands(answerId: string): Promise<boolean> {
    return (await this.answers.find(answerId)) !== undefined;
  }
}

function postedOf(answer: Answer | undefined): PostedReply | undefined {
  if (!answer?.reply) return undefined;
  const { interaction: _, ...address } = answer.address;
  return { address, reply: answer.reply };
}
