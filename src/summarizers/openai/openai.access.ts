import { Injectable } from '@nestjs/common';
import { Settings } from '../../settings/settings';
import { ServiceAccess } from '../service-access';

/** The OpenAI-compatible service. Where the settings name none, nobody asks for one. */
@Injectable()
export class OpenAiSummaryAccess extends ServiceAccess {
  constructor({ summaries: { openai } }: Settings) {
    super(openai?.baseUrl ?? 'http://localhost', openai?.apiKey, openai?.model ?? '');
  }

  get authorization(): string | undefined {
    return this.key === undefined ? this.basic : `Bearer ${this.key}`;
  }
}
