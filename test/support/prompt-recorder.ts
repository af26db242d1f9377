import { once } from 'node:events';
import { createServer, request, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { WhisperServer } from './whisper-server';

/** whisper.cpp's own server, and before it a door at which is written down what hark tells it to expect. */
export class PromptRecorder implements AsyncDisposable {
  /** Of every question that was asked, in order; empty where nothing was to be expected. */
  readonly prompts: string[] = [];

  private constructor(
    private readonly server: WhisperServer,
    private readonly door: Server,
  ) {}

  static async start(): Promise<PromptRecorder> {
    const server = await WhisperServer.start('/inference');
    const door = createServer();
    const recorder = new PromptRecorder(server, door);
    door.on('request', (incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const body = Buffer.concat(chunks);
        if (incoming.url?.endsWith('/inference')) recorder.prompts.push(promptIn(body));
        const { method, headers, url = '/' } = incoming;
        const onward = request(`${server.url}${url}`, { method, headers }, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        });
        onward.on('error', () => outgoing.destroy());
        onward.end(body);
      });
    });
    await once(door.listen(0, '127.0.0.1'), 'listening');
    return recorder;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.door.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.door.closeAllConnections();
    await new Promise((resolve) => this.door.close(resolve));
    await this.server.kill();
  }
}

/** A form's field; a text in it ends before the next boundary. */
function promptIn(body: Buffer): string {
  const [, text = ''] = /name="prompt"\r\n\r\n([^]*?)\r\n--/.exec(body.toString('utf8')) ?? [];
  return text;
}
