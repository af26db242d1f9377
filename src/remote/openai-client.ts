import type OpenAI from 'openai' with { 'resolution-mode': 'import' };
import { ServiceAccess } from './service-access';

/** OpenAI's official client, made when it is first needed: it takes some 35 MB, and many a process never asks. */
export class OpenAiClient {
  private client?: Promise<OpenAI>;

  constructor(private readonly access: ServiceAccess) {}

  get(): Promise<OpenAI> {
    return (this.client ??= this.load());
  }

  private async load(): Promise<OpenAI> {
    const { default: Client } = await import('openai');
    const { url, authorization } = this.access;
    return new Client({
      baseURL: url,
      // It insists on a key; the header says what is really sent.
      apiKey: 'none',
      defaultHeaders: { Authorization: authorization ?? null },
      adminAPIKey: null,
      organization: null,
      project: null,
      // Whether to ask again is for others to decide.
      maxRetries: 0,
      // It would write to the console.
      logLevel: 'off',
      // What people said goes where the settings say, and nowhere else.
      fetchOptions: { redirect: 'manual' },
    });
  }
}
