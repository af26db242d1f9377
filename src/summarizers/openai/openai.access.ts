import { Injectable } from '@nestjs/common';
import { ServiceAccess } from '../../remote/service-access';
import { Settings } from '../../settings/settings';

/** The OpenAI-compatible service. Where the settings name none, nobody asks for one. */
@Injectable()
export class OpenAiSummaryAccess extends ServiceAccess {
  constructor({ summaries: { openai } }: Settings) {
    super(openai?.baseUrl ?? 'http://localhost', openai?.apiKey, openai?.model ?? '');
  }
}
