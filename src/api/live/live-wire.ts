import { WebSocket } from 'ws';
import { ErrorCode, HarkError } from '../../core/errors';
import { FinalWords, PartialWords } from '../../core/live-session';
import { LiveLimits } from './live-limits';

/** What hark says on a live connection. docs/live.md describes every one of them. */
export type LiveMessage =
  | { type: 'ready'; session: string; encoding: string; sampleRate: number; maxFrameBytes: number }
  | ({ type: 'partial' } & PartialWords)
  | ({ type: 'final' } & FinalWords)
  | { type: 'error'; code: ErrorCode; message: string; retryable: boolean; start?: number; end?: number }
  | { type: 'done'; session: string; seconds: number; spoken: number };

/** The way back to a client that may be slow to take what it is told. */
export class LiveWire {
  constructor(
    private readonly socket: WebSocket,
    private readonly limits: LiveLimits,
  ) {}

  say(message: LiveMessage): void {
    const { bufferedAmount, readyState } = this.socket;
    if (readyState !== WebSocket.OPEN) return;
    if (bufferedAmount > this.limits.stuckBytes) this.socket.terminate();
    else if (message.type !== 'partial' || bufferedAmount <= this.limits.slowBytes)
      this.socket.send(JSON.stringify(message));
  }

  complain({ code, userMessage, retryable }: HarkError, stretch?: { start: number; end: number }): void {
    this.say({ type: 'error', code, message: userMessage, retryable, ...stretch });
  }
}
