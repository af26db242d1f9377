import { GatewayOpcodes, GatewayPresenceUpdateData } from 'discord.js';
import { WebSocket } from 'ws';

/** How many events are kept for a resume; a client that missed more must identify anew. */
const KEPT_EVENTS = 2_000;
/** How long a session without a socket can still be resumed; Discord says "a few minutes". */
const RESUME_WINDOW_MS = 120_000;

interface Sent {
  s: number;
  frame: string;
}

/** A logged-in client: it outlives its sockets and remembers what it was sent, to be replayed by a resume. */
export class GatewaySession {
  /** Every presence the client has set, oldest first. */
  readonly presences: GatewayPresenceUpdateData[] = [];
  #socket?: WebSocket;
  #awaySince?: number;
  #ended = false;
  #sequence = 0;
  #sent: Sent[] = [];

  constructor(
    readonly id: string,
    readonly intents: number,
    readonly shard: [number, number],
    private readonly now: () => number,
  ) {}

  get sequence(): number {
    return this.#sequence;
  }

  get connected(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Whether it still gets events and can be resumed. */
  get alive(): boolean {
    const away = this.#awaySince === undefined ? 0 : this.now() - this.#awaySince;
    if (away > RESUME_WINDOW_MS) this.end();
    return !this.#ended;
  }

  attach(socket: WebSocket): void {
    this.#socket?.terminate();
    this.#socket = socket;
    this.#awaySince = undefined;
  }

  /** The socket is gone. Only a goodbye (1000, 1001) ends the session with it. */
  detach(socket: WebSocket, goodbye: boolean): void {
    if (this.#socket !== socket) return;
    this.#socket = undefined;
    this.#awaySince = this.now();
    if (goodbye) this.end();
  }

  end(): void {
    this.#ended = true;
    this.#sent = [];
  }

  /** Sends an event, or keeps it for the resume when the socket is gone. */
  dispatch(event: string, data: unknown): void {
    this.#sequence += 1;
    const frame = JSON.stringify({ op: GatewayOpcodes.Dispatch, t: event, s: this.#sequence, d: data });
    this.#sent.push({ s: this.#sequence, frame });
    if (this.#sent.length > KEPT_EVENTS) this.#sent.shift();
    if (this.connected) this.#socket?.send(frame);
  }

  /** Whether everything after `sequence` is still known. */
  canReplay(sequence: number): boolean {
    return this.alive && (this.#sent[0]?.s ?? 1) <= sequence + 1;
  }

  /** Sends again what came after `sequence`. */
  replay(sequence: number): void {
    for (const { s, frame } of this.#sent) {
      if (s > sequence) this.#socket?.send(frame);
    }
  }
}
