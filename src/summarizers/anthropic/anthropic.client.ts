import { Injectable } from '@nestjs/common';
import type Anthropic from '@anthropic-ai/sdk' with { 'resolution-mode': 'import' };
import { AnthropicAccess } from './anthropic.access';

/** The official client, made when it is first needed. */
@Injectable()
export class AnthropicClient {
  private client?: Promise<Anthropic>;

  constructor(private readonly access: AnthropicAccess) {}

  get(): Promise<Anthropic> {
    return (this.client ??= this.load());
  }

  private async load(): Promise<Anthropic> {
    const { default: Client } = await import('@anthropic-ai/sdk');
    const { url, key } = this.access;
    return new Client({
      baseURL: url,
      apiKey: key ?? null,
      // Nothing that happens to lie about on the machine is used instead.
      authToken: null,
      credentials: null,
      config: null,
      profile: null,
      // Whether to ask again is for `Guarded` to decide.
      maxRetries: 0,
      // It would write to the console.
      logLevel: 'off',
      openTelemetry: false,
      // Words go where the settings say, and nowhere else.
      fetchOptions: { redirect: 'manual' },
    });
  }
}
