import { Module } from '@nestjs/common';
import { ClockModule } from '../../core/clock.module';
import { OpenAiAccess } from './openai-access';
import { OpenAiHealth } from './openai.health';
import { OpenAiLimits } from './openai-limits';
import { OpenAiProbe } from './openai-probe';
import { OpenAiService } from './openai-service';
import { OpenAiTranscriber } from './openai.transcriber';

@Module({
  imports: [ClockModule],
  providers: [OpenAiAccess, OpenAiHealth, OpenAiLimits, OpenAiProbe, OpenAiService, OpenAiTranscriber],
  exports: [OpenAiHealth, OpenAiTranscriber],
})
export class OpenAiModule {}
