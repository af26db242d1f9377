import { setTimeout as pause } from 'node:timers/promises';
import { Answer, Reply } from '../../src/core/answer';
import { ChatPlatform, PlatformLimits } from '../../src/core/chat-platform';
import { MediaInput } from '../../src/core/media';
import { Readable } from 'node:stream';

/** A chat that takes a moment for every request and has no limits. */
export class SimulatedChat extends ChatPlatform {
  readonly name = 'simulated';
  readonly limits: PlatformLimits = {
    messageCharacters: 2_000,
    messages: 3,
    fileBytes: 10 * 1024 * 1024,
    editIntervalMs: 1_500,
    interactionMs: 900_000,
  };
  /** Requests that a real chat would have had. */
  requests = 0;

  /** @param requestMs how long one request takes */
  constructor(private readonly requestMs: number) {
    super();
  }

  openMedia(): Promise<MediaInput> {
    return Promise.resolve({ stream: Readable.from([]) });
  }

  async report(answer: Answer, signal: AbortSignal): Promise<Reply> {
    await this.request(signal);
    return answer.reply ?? { posted: answer.id };
  }

  canRevise(): boolean {
    return true;
  }

  async deliver(answer: Answer, signal: AbortSignal): Promise<Reply> {
    await this.request(signal);
    return answer.reply ?? { posted: answer.id };
  }

  retract(): Promise<void> {
    return Promise.resolve();
  }

  private async request(signal: AbortSignal): Promise<void> {
    this.requests += 1;
    await pause(this.requestMs, undefined, { signal });
  }
}
