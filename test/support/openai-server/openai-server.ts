import { once } from 'node:events';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { answerTo } from './answers';
import { ServiceRefusal } from './refusal';
import { AudioRequest, checked, Endpoint, ModelTraits } from './request-rules';
import { alwaysHearing, Ears } from './spoken';

/** What happens to one request instead of an answer. */
export type Trouble =
  | { status: number; body?: string; headers?: Record<string, string> }
  /** An answer with this body, as JSON unless told. */
  | { answer: string; type?: string }
  /** Takes everything in and says nothing. */
  | { silence: true }
  /** Closes the connection when it has heard the question. */
  | { breakOff: true };

const MODELS: Readonly<Record<string, ModelTraits>> = {
  'whisper-1': { verbose: true, words: true, translates: true },
  'whisper-plain': { verbose: true, words: false, translates: true },
  'gpt-4o-transcribe': { verbose: false, words: false, translates: false },
};

/** A service with OpenAI's audio endpoints, as strict as the real one about what it is asked. */
export class OpenAiServer {
  /** Requests that were right, in order. */
  readonly heard: AudioRequest[] = [];
  /** Every request: method and path. */
  readonly asked: string[] = [];
  /** Status and error of those that it did not take. */
  readonly refused: string[] = [];
  /** For the audio requests to come, one each. */
  readonly troubles: Trouble[] = [];
  /** For all requests, until it is taken away. */
  down?: Trouble;
  /** Connections that the client closed before it had its answer. */
  abandoned = 0;
  private readonly broken = new WeakSet<ServerResponse>();
  private watchers: (() => void)[] = [];

  private constructor(
    private readonly server: Server,
    readonly key: string | undefined,
    private readonly ears: Ears,
  ) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      response.once('close', () => {
        if (!response.writableFinished && !this.broken.has(response)) this.abandoned += 1;
        this.changed();
      });
      void this.answer(request, response);
    });
  }

  /** @param key undefined: nobody has to show one */
  static async start({ key, ears = alwaysHearing('Hello there.'), port = 0 }: Partial<ServerOptions> = {}) {
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new OpenAiServer(server, key, ears);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/v1`;
  }

  /** Until this holds; it is looked at whenever something has happened here. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.watchers.push(resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private changed(): void {
    for (const wake of this.watchers.splice(0)) wake();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.asked.push(`${request.method} ${request.url}`);
    try {
      const body = await buffer(request);
      const isAudio = request.method === 'POST';
      const trouble = this.down ?? (isAudio ? this.troubles.shift() : undefined);
      this.checkKey(request);
      if (trouble) this.trouble(response, trouble);
      else if (isAudio) sendJson(response, 200, JSON.stringify(await this.hear(request, body)));
      else sendJson(response, 200, this.model(request.url ?? ''));
    } catch (error) {
      if (!(error instanceof ServiceRefusal)) throw error;
      this.refused.push(`${error.status} ${error.message}`);
      sendJson(response, error.status, error.body);
    } finally {
      this.changed();
    }
  }

  private trouble(response: ServerResponse, trouble: Trouble): void {
    if ('status' in trouble) sendJson(response, trouble.status, trouble.body ?? '', trouble.headers);
    else if ('answer' in trouble) {
      response.writeHead(200, { 'content-type': trouble.type ?? 'application/json' }).end(trouble.answer);
    } else if ('breakOff' in trouble) {
      this.broken.add(response);
      response.destroy();
    }
  }

  private async hear(request: IncomingMessage, body: Buffer<ArrayBuffer>): Promise<object> {
    const endpoint = /^\/v1\/audio\/(transcriptions|translations)$/.exec(request.url ?? '')?.[1];
    if (endpoint === undefined) throw new ServiceRefusal(404, `Invalid URL (POST ${request.url})`);
    const type = request.headers['content-type'] ?? '';
    if (!type.startsWith('multipart/form-data'))
      throw new ServiceRefusal(400, 'multipart/form-data is needed');
    const form = await new Response(body, { headers: { 'content-type': type } }).formData();
    const models = new Map(Object.entries(MODELS));
    const question = await checked(endpoint as Endpoint, form, models);
    this.heard.push(question);
    return answerTo(question, this.ears(question.samples));
  }

  private model(path: string): string {
    const id = decodeURIComponent(/^\/v1\/models\/([^/]+)$/.exec(path)?.[1] ?? '');
    if (id in MODELS) return JSON.stringify({ id, object: 'model', created: 0, owned_by: 'tests' });
    throw new ServiceRefusal(404, `The model '${id}' does not exist`, { code: 'model_not_found' });
  }

  /** Like some servers, it repeats the key that it refuses. */
  private checkKey({ headers: { authorization } }: IncomingMessage): void {
    if (this.key === undefined && authorization === undefined) return;
    if (this.key !== undefined && authorization === `Bearer ${this.key}`) return;
    throw new ServiceRefusal(401, `Incorrect API key provided: ${authorization}.`, {
      code: 'invalid_api_key',
    });
  }
}

interface ServerOptions {
  key: string;
  ears: Ears;
  /** To come back where it was. */
  port: number;
}

function sendJson(response: ServerResponse, status: number, body: string, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}
