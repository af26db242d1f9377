import { Injectable } from '@nestjs/common';
import { Summarizer, SummaryListener, SummaryRequest } from '../../core/summarizer';
import { NO_TOKENS } from '../../core/summary';
import { pickSentences } from './sentences';

/** Picks sentences of the transcript itself: on this machine, at no cost, and without understanding a word. */
@Injectable()
export class DemoSummarizer extends Summarizer {
  readonly name = 'demo';
  readonly way = 'picked';
  readonly host = undefined;
  readonly madeBy = 'demo';

  tokensFor(): number {
    return 0;
  }

  summarize(
    { transcript, language }: SummaryRequest,
    hear: SummaryListener,
    signal: AbortSignal,
  ): Promise<void> {
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    const sentences = pickSentences(transcript, language);
    hear({ text: sentences.map((sentence) => `• ${sentence}`).join('\n') });
    hear({ use: NO_TOKENS });
    return Promise.resolve();
  }
}
