import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { IncomingMessage, Server } from 'node:http';
import { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { SlackClock } from './slack-clock';
import { Attempt, Delivery, Outcome, SlackTransport } from './slack-delivery';
import { Json } from './slack-model';
import { SlackRecorder } from './slack-recorder';

/** Slack closes what was told to go after about ten seconds. */
const closeGraceMs = 10_000;
/** An acknowledgement is due in three seconds. */
const ackDueMs = 3000;
const host = 'applink-7fc4fdbb64-4x5xq';

interface Pending {
  socket: WebSocket;
  settle: (outcome: Outcome) => void;
}

/** The server's side of Socket Mode. */
export class SlackSocketMode extends SlackTransport {
  /** How many sockets ever said hello. */
  opened = 0;
  private readonly tickets = new Set<string>();
  private readonly sockets = new Set<WebSocket>();
  private readonly leaving = new WeakSet<WebSocket>();
  private readonly pending = new Map<string, Pending>();
  private readonly server = new WebSocketServer({ noServer: true });
  private turn = 0;

  constructor(
    private readonly clock: SlackClock,
    private readonly recorder: SlackRecorder,
    private readonly appId: string,
    /** Called when an app has connected. */
    private readonly connected: () => void,
  ) {
    super();
  }

  attach(http: Server): void {
    http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
      if (!this.tickets.delete(ticket)) {
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
        return;
      }
      this.server.handleUpgrade(request, socket, head, (client) => this.welcome(client));
    });
  }

  /** A ticket for one connection; undefined when the app has its ten. */
  issueTicket(): string | undefined {
    if (this.sockets.size >= 10) return undefined;
    const ticket = randomUUID();
    this.tickets.add(ticket);
    return ticket;
  }

  /** Sockets that payloads may be sent on. */
  get usable(): WebSocket[] {
    return [...this.sockets].filter(
      (socket) => socket.readyState === WebSocket.OPEN && !this.leaving.has(socket),
    );
  }

  /** Tells the app to come again: nothing more is sent on its present sockets (or on the first of them). */
  refresh(reason: 'refresh_requested' | 'warning' | 'link_disabled', only?: 'first'): void {
    const told = only ? this.usable.slice(0, 1) : this.usable;
    for (const socket of told) {
      this.leaving.add(socket);
      socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host } }));
      this.clock.after(closeGraceMs, () => socket.close());
    }
  }

  /** Cuts the connections without a word. */
  cut(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  send(delivery: Delivery, attempt: Attempt): Promise<Outcome> {
    const usable = this.usable;
    const socket = usable[this.turn++ % usable.length];
    if (!socket) return Promise.resolve({ ok: false, reason: 'no_socket' });
    const envelopeId = randomUUID();
    const isEvent = delivery.kind === 'events_api';
    const envelope: Json = {
      envelope_id: envelopeId,
      payload: delivery.body,
      type: delivery.kind,
      accepts_response_payload: !isEvent,
      ...(isEvent
        ? { retry_attempt: attempt.retryNum, retry_reason: attempt.retryNum > 0 ? 'timeout' : '' }
        : {}),
    };
    return new Promise((resolve) => {
      const cancel = this.clock.after(ackDueMs, () => settle({ ok: false, reason: 'timeout' }));
      const settle = (outcome: Outcome) => {
        cancel();
        this.pending.delete(envelopeId);
        resolve(outcome);
      };
      this.pending.set(envelopeId, { socket, settle });
      socket.send(JSON.stringify(envelope));
    });
  }

  /** Takes leave of the clients; whoever does not answer in half a second is cut off. */
  async stop(): Promise<void> {
    const leaves = [...this.sockets].map((socket) => {
      const gone = once(socket, 'close');
      socket.close(1001);
      const impatience = setTimeout(() => socket.terminate(), 500);
      return gone.finally(() => clearTimeout(impatience));
    });
    await Promise.all(leaves);
    this.server.close();
  }

  private welcome(socket: WebSocket): void {
    this.sockets.add(socket);
    socket.on('message', (data: Buffer) => this.acknowledge(data.toString()));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      this.sockets.delete(socket);
      for (const waiting of [...this.pending.values()])
        if (waiting.socket === socket) waiting.settle({ ok: false, reason: 'socket_closed' });
      this.recorder.changed();
    });
    const hello = {
      type: 'hello',
      num_connections: this.sockets.size,
      debug_info: { host, build_number: 10, approximate_connection_time: 18_060 },
      connection_info: { app_id: this.appId },
    };
    socket.send(JSON.stringify(hello));
    this.opened += 1;
    this.recorder.changed();
    this.connected();
  }

  private acknowledge(text: string): void {
    const { envelope_id: id, payload } = JSON.parse(text) as { envelope_id?: string; payload?: unknown };
    // An unknown id is an acknowledgement that came too late; Slack ignores it.
    if (id) this.pending.get(id)?.settle({ ok: true, payload });
  }
}
