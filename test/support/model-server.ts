import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { DEMO_PATH } from '../../src/transcribers/whisper-cpp/models/bundled-model';

/** What the server does to one request; by default it serves the file, or the part that is asked for. */
export type Behaviour =
  | { status: number }
  | { redirect: string }
  /** Closes the connection after so many bytes. */
  | { dropAfter: number }
  /** Sends so many bytes and then nothing more. */
  | { stallAfter: number }
  /** Another byte than the file's at this place. */
  | { wrongByteAt: number }
  | { page: string }
  | { ranges: false };

/** The model files of a place like Hugging Face: whatever name is asked for, a real model file comes. */
export class ModelServer {
  readonly file = readFileSync(DEMO_PATH);
  readonly sha256 = createHash('sha256').update(this.file).digest('hex');
  /** The `range` header of each request, or undefined, in order. */
  readonly ranges: (string | undefined)[] = [];
  readonly paths: (string | undefined)[] = [];
  etag = '"one"';
  /** For the requests to come, one each. */
  readonly behaviours: Behaviour[] = [];

  private constructor(private readonly server: Server) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) =>
      this.answer(request, response, this.behaviours.shift()),
    );
  }

  static async start(): Promise<ModelServer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ModelServer(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private answer(
    request: IncomingMessage,
    response: ServerResponse,
    behaviour: Behaviour = { stallAfter: Infinity },
  ) {
    const { range, 'if-range': condition } = request.headers;
    this.ranges.push(range);
    this.paths.push(request.url);
    if ('status' in behaviour) return response.writeHead(behaviour.status).end();
    if ('redirect' in behaviour) return response.writeHead(302, { location: behaviour.redirect }).end();
    if ('page' in behaviour)
      return response.writeHead(200, { 'content-length': behaviour.page.length }).end(behaviour.page);

    const resumes = range !== undefined && condition === this.etag && !('ranges' in behaviour);
    const from = resumes ? Number(/^bytes=(\d+)-$/.exec(range)?.[1]) : 0;
    const body = Buffer.from(this.file.subarray(from));
    if ('wrongByteAt' in behaviour)
      body.writeUInt8(body.readUInt8(behaviour.wrongByteAt) ^ 1, behaviour.wrongByteAt);
    const whole = this.file.length;
    response.writeHead(resumes ? 206 : 200, {
      'content-length': body.length,
      ...(!('ranges' in behaviour) && { etag: this.etag }),
      ...(resumes && { 'content-range': `bytes ${from}-${whole - 1}/${whole}` }),
    });
    if ('dropAfter' in behaviour) {
      return response.write(body.subarray(0, behaviour.dropAfter), () => response.destroy());
    }
    if ('stallAfter' in behaviour && behaviour.stallAfter < body.length) {
      return response.write(body.subarray(0, behaviour.stallAfter));
    }
    return response.end(body);
  }
}
