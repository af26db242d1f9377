import { createHmac, randomBytes } from 'node:crypto';
import { SlackClock } from './slack-clock';
import { Attempt, Delivery, Outcome, SlackTransport } from './slack-delivery';
import { Json } from './slack-model';

const ackDueMs = 3000;

/** What can be wrong with a signature. */
export type Forgery =
  /** Signed with another secret. */
  | 'bad'
  /** Without `x-slack-signature` and timestamp. */
  | 'missing'
  /** Rightly signed, ten minutes ago. */
  | 'stale'
  /** Another body than the one that was signed. */
  | 'tampered';

/** Signed requests to the app's request URL. */
export class SlackHttpDelivery extends SlackTransport {
  constructor(
    private readonly clock: SlackClock,
    private readonly url: string,
    private readonly signingSecret: string,
    private readonly verificationToken: string,
  ) {
    super();
  }

  async send(delivery: Delivery, attempt: Attempt): Promise<Outcome> {
    const headers: Record<string, string> =
      attempt.retryNum > 0
        ? {
            'x-slack-retry-num': String(attempt.retryNum),
            'x-slack-retry-reason': attempt.retryReason ?? 'http_timeout',
          }
        : {};
    const overdue = new AbortController();
    const cancel = this.clock.after(ackDueMs, () => overdue.abort());
    try {
      const response = await this.post(encode(delivery), contentTypeOf(delivery), headers, overdue.signal);
      const text = await response.text();
      if (response.ok) return { ok: true, status: response.status, payload: parsed(text) };
      const noRetry = response.headers.get('x-slack-no-retry') === '1';
      return { ok: false, reason: 'http_error', status: response.status, noRetry };
    } catch {
      return { ok: false, reason: overdue.signal.aborted ? 'http_timeout' : 'connection_failed' };
    } finally {
      cancel();
    }
  }

  /** Checks the request URL as Slack does when it is entered. Returns whether the challenge came back. */
  async verifyUrl(): Promise<boolean> {
    const challenge = randomBytes(24).toString('hex');
    const body = { token: this.verificationToken, challenge, type: 'url_verification' };
    const response = await this.post(JSON.stringify(body), 'application/json');
    const text = await response.text();
    return (
      response.ok &&
      (text.trim() === challenge || (parsed(text) as Json | undefined)?.challenge === challenge)
    );
  }

  /** Sends a body that did not come from Slack, or not so. Returns the HTTP status. */
  async forge(forgery: Forgery, body: Json): Promise<number> {
    const text = JSON.stringify(body);
    const seconds = Math.floor(Date.now() / 1000) - (forgery === 'stale' ? 600 : 0);
    const secret = forgery === 'bad' ? `${this.signingSecret}x` : this.signingSecret;
    const signed = forgery === 'tampered' ? `${text} ` : text;
    const response = await fetch(this.url, {
      method: 'POST',
      body: text,
      headers: {
        'content-type': 'application/json',
        ...(forgery === 'missing' ? {} : signatureOf(signed, secret, seconds)),
      },
    });
    await response.text();
    return response.status;
  }

  private post(
    body: string,
    contentType: string,
    headers: Record<string, string> = {},
    signal?: AbortSignal,
  ): Promise<Response> {
    // Signed by real time: the app compares it with its own clock.
    const signature = signatureOf(body, this.signingSecret, Math.floor(Date.now() / 1000));
    return fetch(this.url, {
      method: 'POST',
      body,
      signal,
      redirect: 'manual',
      headers: {
        'content-type': contentType,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        accept: '*/*',
        ...signature,
        ...headers,
      },
    });
  }
}

/** `v0`: HMAC-SHA256 of `v0:timestamp:body` (docs: verifying requests from Slack). */
function signatureOf(body: string, secret: string, seconds: number): Record<string, string> {
  const digest = createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(seconds), 'x-slack-signature': `v0=${digest}` };
}

function contentTypeOf(delivery: Delivery): string {
  return delivery.kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded';
}

/** Events are JSON, commands are form fields, interactions one form field with JSON in it. */
function encode(delivery: Delivery): string {
  if (delivery.kind === 'events_api') return JSON.stringify(delivery.body);
  if (delivery.kind === 'interactive')
    return new URLSearchParams({ payload: JSON.stringify(delivery.body) }).toString();
  return new URLSearchParams(delivery.body as Record<string, string>).toString();
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return { text };
  }
}
