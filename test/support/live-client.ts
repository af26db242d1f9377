import { once } from 'node:events';
import { ClientOptions, WebSocket } from 'ws';
import { LiveMessage } from '../../src/api/live/live-wire';
import { ADMIN_TOKEN } from './service-in-process';

type Kind = LiveMessage['type'];
export type Said<K extends Kind> = Extract<LiveMessage, { type: K }>;

/** What a call for a WebSocket was answered with when it was not opened. */
export interface RefusedUpgrade {
  status: number;
  body: { code: string };
}

/** Speaks live to a running service, as a program does. */
export class LiveClient {
  readonly heard: LiveMessage[] = [];
  readonly closed: Promise<number>;
  private readonly waiting: (() => void)[] = [];

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data) => {
      this.heard.push(JSON.parse((data as Buffer).toString()) as LiveMessage);
      this.waiting.splice(0).forEach((look) => look());
    });
    this.closed = once(socket, 'close').then(([code]) => {
      this.waiting.splice(0).forEach((look) => look());
      return code as number;
    });
  }

  static async open(
    url: string,
    headers: ClientOptions['headers'] = bearer(ADMIN_TOKEN),
  ): Promise<LiveClient> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/live`, { headers });
    const client = new LiveClient(socket);
    await once(socket, 'open');
    return client;
  }

  /** The answer to a call that is refused. */
  static refused(
    url: string,
    headers: ClientOptions['headers'] = {},
    path = '/api/v1/live',
  ): Promise<RefusedUpgrade> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`, { headers });
    return new Promise((resolve, reject) => {
      socket.once('open', () => reject(new Error('It was not refused')));
      socket.once('error', reject);
      socket.once('unexpected-response', (_request, response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as { code: string } }),
        );
      });
    });
  }

  say(message: object): this {
    this.socket.send(JSON.stringify(message));
    return this;
  }

  /** Frames one after the other; with `paceMs` as they would come from somebody who speaks. */
  async speak(frames: readonly Buffer[], paceMs = 0): Promise<this> {
    const begun = performance.now();
    for (const [index, frame] of frames.entries()) {
      this.socket.send(frame);
      const ahead = begun + (index + 1) * paceMs - performance.now();
      if (ahead > 5) await new Promise((resolve) => setTimeout(resolve, ahead));
    }
    return this;
  }

  of<K extends Kind>(kind: K): Said<K>[] {
    return this.heard.filter((message): message is Said<K> => message.type === kind);
  }

  /** The first message of a kind. @throws Error when the connection ends before */
  async until<K extends Kind>(kind: K): Promise<Said<K>> {
    for (;;) {
      const [found] = this.of(kind);
      if (found) return found;
      if (this.socket.readyState === WebSocket.CLOSED)
        throw new Error(`There came no ${kind}: ${JSON.stringify(this.heard)}`);
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** All that was said for good, as one text. */
  get text(): string {
    return this.of('final')
      .map(({ text }) => text)
      .join(' ');
  }
}

export function bearer(token: string): { Authorization: string } {
  return { Authorization: `Bearer ${token}` };
}
