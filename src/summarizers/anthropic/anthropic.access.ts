import { Injectable } from '@nestjs/common';
import { ServiceAccess } from '../../remote/service-access';
import { Settings } from '../../settings/settings';

/** Anthropic's API. Where the settings name no model, nobody asks for it. */
@Injectable()
export class AnthropicAccess extends ServiceAccess {
  constructor({ summaries: { anthropic } }: Settings) {
    // The client adds the version itself.
    const baseUrl = (anthropic?.baseUrl ?? 'http://localhost').replace(/\/v1\/?$/, '');
    super(baseUrl, anthropic?.apiKey, anthropic?.model ?? '');
  }
}
