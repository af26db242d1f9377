import { Injectable } from '@nestjs/common';
import { request } from 'undici';
import { Availability } from '../../core/transcriber';
import { OpenAiAccess } from './openai-access';

const PATIENCE_MS = 4_000;
/** Health pages are looked at every few seconds, by strangers, too; the service is not asked that often. */
const FRESH_MS = { ready: 30_000, loading: 0, unavailable: 2_000 };
const MOST_BYTES = 64 * 1024;

/**
 * Looks whether the service answers, lets hark in and has the model, at no cost: `GET /models/<model>`. Servers that
 * have no such page are taken to be well when they say so.
 */
@Injectable()
export class OpenAiProbe {
  private seen?: { at: number; state: Availability['state']; said: Promise<Availability> };

  constructor(private readonly access: OpenAiAccess) {}

  /** As it was a moment ago. */
  look(): Promise<Availability> {
    const now = performance.now();
    if (this.seen && now - this.seen.at < FRESH_MS[this.seen.state]) return this.seen.said;
    const said = this.ask();
    const seen = { at: now, state: 'unavailable' as Availability['state'], said };
    this.seen = seen;
    void said.then(({ state }) => (seen.state = state));
    return said;
  }

  /** What was seen says nothing any more: it is at work now. */
  forget(): void {
    this.seen = undefined;
  }

  /** It has just done its work. */
  answered(): void {
    this.seen = { at: performance.now(), state: 'ready', said: Promise.resolve(this.well()) };
  }

  private async ask(): Promise<Availability> {
    const { url, address, model, authorization } = this.access;
    try {
      const { statusCode, body } = await request(`${url}/models/${encodeURIComponent(model)}`, {
        headers: { accept: 'application/json', ...(authorization !== undefined && { authorization }) },
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      let said = '';
      for await (const chunk of body) if ((said += String(chunk)).length > MOST_BYTES) break;
      return this.verdict(statusCode, said);
    } catch {
      return unavailable(`The speech service at ${address} does not answer.`);
    }
  }

  private verdict(status: number, said: string): Availability {
    const { address, model } = this.access;
    if (status === 401 || status === 403) {
      return unavailable(`The speech service at ${address} does not accept OPENAI_API_KEY.`);
    }
    if (status === 404 && said.includes('model_not_found')) {
      return unavailable(`The speech service at ${address} has no model ${model}.`);
    }
    if (status >= 500) return unavailable(`The speech service at ${address} does not work (HTTP ${status}).`);
    return this.well();
  }

  private well(): Availability {
    const { address, model } = this.access;
    return {
      state: 'ready',
      detail: `The speech service at ${address} answers; its model ${model} is asked.`,
    };
  }
}

function unavailable(detail: string): Availability {
  return { state: 'unavailable', detail };
}
