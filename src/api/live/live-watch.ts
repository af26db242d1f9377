import { WebSocket } from 'ws';
import { LiveLimits } from './live-limits';

/** Sees whether somebody is still there, and speaks. */
export class LiveWatch {
  private readonly pings: NodeJS.Timeout;
  private idle: NodeJS.Timeout;
  private alive = true;

  constructor(
    private readonly socket: WebSocket,
    private readonly limits: LiveLimits,
    private readonly onIdle: () => void,
  ) {
    this.idle = setTimeout(onIdle, limits.helloMs).unref();
    this.pings = setInterval(() => this.ping(), limits.pingMs).unref();
    socket.on('pong', () => (this.alive = true));
  }

  /** The first message has come. */
  begin(): void {
    clearTimeout(this.idle);
    this.idle = setTimeout(this.onIdle, this.limits.idleMs).unref();
  }

  heard(): void {
    this.idle.refresh();
  }

  /** Nothing more is taken from the connection for now: what comes fills its buffers, and then waits at the sender's. */
  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    if (!this.socket.isPaused) return;
    this.alive = true;
    this.socket.resume();
    this.idle.refresh();
  }

  end(): void {
    clearTimeout(this.idle);
    clearInterval(this.pings);
    // A goodbye could not be heard.
    this.socket.resume();
  }

  private ping(): void {
    // Its answer would not be read, nor would frames.
    if (this.socket.isPaused) this.idle.refresh();
    else if (!this.alive) this.socket.terminate();
    else {
      this.alive = false;
      this.socket.ping();
    }
  }
}
