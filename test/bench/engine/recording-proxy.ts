import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { Agent, request } from 'undici';

/** A question as hark has put it. */
export interface AskedQuestion {
  type: string;
  body: Buffer;
}

/** Stands before an engine and notes what it is asked, and when it has work. */
export class RecordingProxy implements AsyncDisposable {
  /** Questions in their order, since they were last forgotten. */
  questions: AskedQuestion[] = [];
  private busy: { from: number; to: number }[] = [];
  /** Nobody gives an engine that computes up. */
  private readonly agent = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  private readonly server: Server;

  private constructor(private readonly engine: string) {
    this.server = createServer((question, answer) => {
      // hark has gone away, or the engine: whoever measures sees that by what is missing.
      this.pass(question, answer).catch(() => answer.destroy());
    });
  }

  static async start(engine: string): Promise<RecordingProxy> {
    const proxy = new RecordingProxy(engine);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** For `WHISPER_SERVER_URL`. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  forget(): void {
    this.questions = [];
    this.busy = [];
  }

  /** Milliseconds of that time in which the engine had a question. One is asked at a time. */
  busyMs(from: number, to: number): number {
    return this.busy.reduce(
      (sum, work) => sum + Math.max(0, Math.min(to, work.to) - Math.max(from, work.from)),
      0,
    );
  }

  private async pass(question: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = question;
    const from = performance.now();
    const body = await buffer(question);
    const type = headers['content-type'] ?? '';
    const asks = method === 'POST';
    if (asks) this.questions.push({ type, body });
    const heard = await request(`${this.engine}${url}`, {
      method: method as 'GET' | 'POST',
      dispatcher: this.agent,
      ...(asks && { body, headers: { 'content-type': type } }),
    });
    const text = await heard.body.text();
    answer.writeHead(heard.statusCode, { 'content-type': 'application/json' }).end(text);
    if (asks) this.busy.push({ from, to: performance.now() });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.agent.destroy();
  }
}
