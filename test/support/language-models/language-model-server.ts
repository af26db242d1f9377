import { once } from 'node:events';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ModelRefusal, Question, Scene, usualWords } from './scenes';

/** Another machine as far as hark can tell: an address that is not its own, though it is. */
const ELSEWHERE = '127.0.0.2';

export interface ServerOptions {
  key: string;
  model: string;
  /** On an address that counts as this machine. */
  here: boolean;
}

/** A service with a language model, strict about what it is asked; each one has its own way to say things. */
export abstract class LanguageModelServer {
  /** Questions that were right, in order. */
  readonly questions: Question[] = [];
  /** Every request: method and path. */
  readonly asked: string[] = [];
  /** Status and sentence of those that it did not take. */
  readonly refused: string[] = [];
  /** For the questions to come, one each. */
  readonly scenes: Scene[] = [];
  /** Connections that the client closed before it had its answer. */
  abandoned = 0;
  private watchers: (() => void)[] = [];
  private readonly broken = new WeakSet<ServerResponse>();
  private readonly server: Server = createServer();

  readonly key: string;
  readonly model: string;
  private readonly here: boolean;

  constructor({
    key = 'sk-secret-of-the-tests',
    model = 'small-1',
    here = false,
  }: Partial<ServerOptions> = {}) {
    [this.key, this.model, this.here] = [key, model, here];
    this.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      response.once('close', () => {
        if (!response.writableFinished && !this.broken.has(response)) this.abandoned += 1;
        this.changed();
      });
      void this.answer(request, response);
    });
  }

  async start(): Promise<this> {
    this.server.listen(0, this.here ? '127.0.0.1' : ELSEWHERE);
    await once(this.server, 'listening');
    return this;
  }

  /** As it stands in transcripts' way: host and port. */
  get host(): string {
    const { address, port } = this.server.address() as AddressInfo;
    return `${address}:${port}`;
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

  /** @throws ModelRefusal */
  protected abstract checkHeaders(request: IncomingMessage): void;
  protected abstract readonly path: string;
  protected abstract understand(body: unknown): Question;
  protected abstract tell(response: ServerResponse, words: readonly string[], scene: Telling): Promise<void>;
  protected abstract modelOf(): object;
  protected abstract errorOf(refusal: ModelRefusal): object;

  private changed(): void {
    for (const wake of this.watchers.splice(0)) wake();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = '' } = request;
    this.asked.push(`${method} ${url}`);
    try {
      const body = await text(request);
      this.checkHeaders(request);
      if (method === 'GET' && url === `/v1/models/${this.model}`)
        return sendJson(response, 200, this.modelOf());
      if (method !== 'POST' || url !== this.path)
        throw new ModelRefusal(404, 'not_found_error', `There is no ${method} ${url}`);
      const question = this.understand(JSON.parse(body));
      this.questions.push(question);
      this.changed();
      await this.play(response, this.scenes.shift() ?? { words: usualWords(question), usage: true });
    } catch (error) {
      if (!(error instanceof ModelRefusal)) throw error;
      this.refused.push(`${error.status} ${error.message}`);
      sendJson(response, error.status, this.errorOf(error));
    } finally {
      this.changed();
    }
  }

  private async play(response: ServerResponse, scene: Scene): Promise<void> {
    if ('status' in scene) {
      const said = new ModelRefusal(scene.status, typeOf(scene.status), scene.body ?? 'No.');
      sendJson(response, scene.status, this.errorOf(said), scene.headers);
    } else if ('breakOff' in scene) {
      this.broken.add(response);
      await this.tell(response, scene.breakOff, {
        end: 'none',
        usage: false,
        over: () => response.socket?.end(),
      });
    } else if ('declines' in scene) {
      await this.tell(response, [], { end: 'declined', usage: true, why: scene.declines });
    } else if ('words' in scene) {
      const { end = 'usual', usage = true, gate } = scene;
      await this.tell(response, scene.words, { end, usage, gate });
    }
  }
}

/** How an answer goes. */
export interface Telling {
  end: 'usual' | 'too-long' | 'declined' | 'none';
  usage: boolean;
  gate?: Promise<void>;
  why?: string;
  /** Instead of the end. */
  over?: () => void;
}

function sendJson(response: ServerResponse, status: number, body: object, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

function typeOf(status: number): string {
  return (
    { 401: 'authentication_error', 429: 'rate_limit_error', 529: 'overloaded_error' }[status] ?? 'api_error'
  );
}
