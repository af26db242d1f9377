import { Module } from '@nestjs/common';
import { ClockModule } from '../../core/clock.module';
import { OpenAiSummaryAccess } from './openai.access';
import { OpenAiSummaryClient } from './openai.client';
import { OpenAiSummaryHealth } from './openai.health';
import { OpenAiSummarizer } from './openai.summarizer';

@Module({
  imports: [ClockModule],
  providers: [OpenAiSummaryAccess, OpenAiSummaryClient, OpenAiSummaryHealth, OpenAiSummarizer],
  exports: [OpenAiSummaryHealth, OpenAiSummarizer],
})
export class OpenAiSummaryModule {}
