import { HarkError } from '../../../core/errors';
import { TimeLimit } from '../../../core/time-limit';
import { Availability } from '../../../core/transcriber';
import { AbandonedQuestion, EngineClient } from './engine-client';
import { Engine } from './engine';
import { EngineLimits } from './engine-limits';

/** It had taken the question: it may have died of it. */
const BROKE_OFF = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/** A whisper.cpp server that somebody else runs, for instance on a machine with a graphics card. */
export class RemoteEngine extends Engine {
  private readonly client: EngineClient;
  private readonly host: string;

  constructor(
    url: string,
    private readonly limits: EngineLimits,
  ) {
    super();
    this.client = new EngineClient(url, false);
    this.host = new URL(url).host;
  }

  start(): void {
    // It is already running, or none of our business.
  }

  async stop(): Promise<void> {
    await this.client.close();
  }

  async available(): Promise<Availability> {
    return (await this.client.isUp())
      ? { state: 'ready', detail: `The speech engine at ${this.host} answers.` }
      : { state: 'unavailable', detail: `The speech engine at ${this.host} does not answer.` };
  }

  async ready(): Promise<void> {
    // Whether it is shows when it is asked.
  }

  async use<T>(
    audioSeconds: number,
    signal: AbortSignal,
    work: (client: EngineClient, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const limit = new TimeLimit(this.limits.requestMs(audioSeconds));
    try {
      return await work(this.client, AbortSignal.any([signal, limit.signal]));
    } catch (error) {
      signal.throwIfAborted();
      throw this.explained(error, limit.signal);
    } finally {
      limit.lift();
    }
  }

  private explained(error: unknown, limit: AbortSignal): unknown {
    if (error instanceof HarkError) return error;
    if (limit.aborted || error instanceof AbandonedQuestion) {
      return new HarkError('engine_timeout', 'The speech engine took too long.', {
        retryable: true,
        cause: error,
      });
    }
    if (BROKE_OFF.has((error as NodeJS.ErrnoException).code ?? '')) {
      return new HarkError('engine_crashed', 'The speech engine stopped in the middle of its work.', {
        retryable: true,
        cause: error,
      });
    }
    return new HarkError('engine_unavailable', 'The speech engine does not answer at the moment.', {
      retryable: true,
      cause: error,
    });
  }
}
