import { createHmac } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer, IncomingHttpHeaders, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { WebhookMessageView } from '../../src/api/webhooks/webhook.view';

export interface ReceivedMessage {
  id: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  message: WebhookMessageView;
}

/** Somebody who wants to be told, on this machine. */
export class WebhookReceiver implements AsyncDisposable {
  readonly received: ReceivedMessage[] = [];
  /** How the next messages are answered; 204 when it says nothing. */
  answer: (response: ServerResponse, count: number) => void = (response) =>
    void response.writeHead(204).end();
  private readonly news = new EventEmitter();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<WebhookReceiver> {
    const server = createServer((request, response) => {
      if (request.method !== 'POST') return void response.writeHead(404).end();
      void text(request).then((body) => {
        const { headers, url = '' } = request;
        const id = String(headers['webhook-id']);
        receiver.received.push({
          id,
          path: url,
          headers,
          body,
          message: JSON.parse(body) as WebhookMessageView,
        });
        receiver.answer(response, receiver.received.length);
        receiver.news.emit('message');
      });
    });
    const receiver = new WebhookReceiver(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `http://${this.host}/hook?token=marked-token`;
  }

  /** The first so many messages, as soon as they are there. */
  async messages(count: number): Promise<ReceivedMessage[]> {
    while (this.received.length < count) await once(this.news, 'message');
    return this.received.slice(0, count);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

/** As a receiver checks it, by the words of the standard. */
export function isSignedWith(secret: string, { headers, body }: ReceivedMessage): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers;
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  const expected = createHmac('sha256', key)
    .update(`${String(id)}.${String(timestamp)}.${body}`)
    .digest('base64');
  return age < 300 && String(signature).split(' ').includes(`v1,${expected}`);
}
