import { AnthropicHealth } from './anthropic/anthropic.health';
import { AnthropicModule } from './anthropic/anthropic.module';
import { AnthropicSummarizer } from './anthropic/anthropic.summarizer';
import { DemoHealth } from './demo/demo.health';
import { DemoModule } from './demo/demo.module';
import { DemoSummarizer } from './demo/demo.summarizer';
import { Driver } from './driver';
import { OpenAiSummaryHealth } from './openai/openai.health';
import { OpenAiSummaryModule } from './openai/openai.module';
import { OpenAiSummarizer } from './openai/openai.summarizer';

/** Every driver there is: one line each. */
export const DRIVERS: readonly Driver[] = [
  {
    name: 'openai',
    module: OpenAiSummaryModule,
    summarizer: OpenAiSummarizer,
    health: OpenAiSummaryHealth,
  },
  {
    name: 'anthropic',
    module: AnthropicModule,
    summarizer: AnthropicSummarizer,
    health: AnthropicHealth,
  },
  { name: 'demo', module: DemoModule, summarizer: DemoSummarizer, health: DemoHealth },
];
