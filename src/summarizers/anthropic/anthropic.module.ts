import { Module } from '@nestjs/common';
import { ClockModule } from '../../core/clock.module';
import { AnthropicAccess } from './anthropic.access';
import { AnthropicClient } from './anthropic.client';
import { AnthropicHealth } from './anthropic.health';
import { AnthropicSummarizer } from './anthropic.summarizer';

@Module({
  imports: [ClockModule],
  providers: [AnthropicAccess, AnthropicClient, AnthropicHealth, AnthropicSummarizer],
  exports: [AnthropicHealth, AnthropicSummarizer],
})
export class AnthropicModule {}
