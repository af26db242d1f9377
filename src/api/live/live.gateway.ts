import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Injectable, Logger, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Request } from 'express';
import { WebSocket, WebSocketServer } from 'ws';
import { HarkError } from '../../core/errors';
import { Policy } from '../../core/policy';
import { API_PREFIX } from '../api-prefix';
import { Admitted, LiveAdmission } from './live-admission.service';
import { LiveConnection } from './live-connection';
import { LiveLimits } from './live-limits';
import { refuseUpgrade } from './refused-upgrade';

const PATH = new RegExp(`^/${API_PREFIX}/live/?(?:\\?|$)`);
/** What is a little too large is answered in words; what is larger is not even read. */
const MOST_PAYLOAD_FRAMES = 8;

/** `/api/v1/live`: sound in, words out, on the server that serves everything else. */
@Injectable()
export class LiveGateway implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Live');
  private readonly connections = new Set<LiveConnection>();
  private readonly sockets: WebSocketServer;
  private closing = false;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly admission: LiveAdmission,
    private readonly limits: LiveLimits,
    private readonly policy: Policy,
  ) {
    const maxPayload = limits.frameBytes * MOST_PAYLOAD_FRAMES;
    this.sockets = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false });
  }

  onApplicationBootstrap(): void {
    // Commands with one file have no server.
    const server = this.host.httpAdapter?.getHttpServer() as Server | undefined;
    if (!server) return;
    // Some clients offer HTTP/2 with every call: those go on as they are. In Node from 24.9 on.
    Object.assign(server, { shouldUpgradeCallback: ({ url }: IncomingMessage) => PATH.test(url ?? '') });
    server.on('upgrade', (request, socket, head) => void this.upgrade(request, socket, head));
  }

  /** What was said is told to the end. */
  async onModuleDestroy(): Promise<void> {
    this.closing = true;
    const goodbye = shuttingDown();
    const { farewellMs } = this.limits;
    await Promise.all([...this.connections].map((each) => each.finish(goodbye, farewellMs)));
    for (const socket of this.sockets.clients) if (socket.readyState === WebSocket.OPEN) socket.terminate();
    this.sockets.close();
  }

  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // Until it is a WebSocket, nobody else hears of its errors.
    const ignore = (): void => undefined;
    socket.on('error', ignore);
    try {
      if (this.closing) throw shuttingDown();
      if (!PATH.test(request.url ?? ''))
        throw new HarkError('not_found', 'There is nothing at this address.');
      const admitted = await this.admission.admit(this.asCall(request));
      const { session } = admitted;
      if (socket.destroyed) return void (await session.end(0));
      // A handshake that is none is answered by the library, and ends here.
      socket.once('close', () => void session.end(0));
      this.sockets.handleUpgrade(request, socket, head, (client) => {
        socket.off('error', ignore);
        this.connect(client, admitted);
      });
    } catch (thrown) {
      const error = HarkError.from(thrown);
      if (error.code === 'internal') this.logger.error({ err: thrown, msg: 'A live session was not opened' });
      refuseUpgrade(socket, error);
    }
  }

  /** As the server makes one of every call: with what it knows of proxies in between. */
  private asCall(request: IncomingMessage): Request {
    const { request: shape } = this.host.httpAdapter.getInstance<{ request: object }>();
    return Object.setPrototypeOf(request, shape) as Request;
  }

  private connect(client: WebSocket, admitted: Admitted): void {
    const { maxSeconds } = this.policy.media;
    const connection = new LiveConnection(client, admitted, this.limits, maxSeconds);
    this.connections.add(connection);
    client.once('close', () => this.connections.delete(connection));
  }
}

function shuttingDown(): HarkError {
  return new HarkError('service_unavailable', 'hark is being stopped; try again in a moment.', {
    retryable: true,
  });
}
