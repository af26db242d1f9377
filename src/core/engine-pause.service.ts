import { Injectable } from '@nestjs/common';
import { Policy } from './policy';
import { Transcriber } from './transcriber';

/** So long an id is held while nobody can listen; then it may go to another process, whose engine works. */
const PATIENCE_MS = 10_000;

/** Keeps notes in the queue, untouched, while nobody can listen. */
@Injectable()
export class EnginePauseService {
  private readonly leaving = new AbortController();

  constructor(
    private readonly transcriber: Transcriber,
    private readonly policy: Policy,
  ) {}

  /** Waits for a while for the end of an outage. False when it goes on. */
  async isOver(signal: AbortSignal): Promise<boolean> {
    if (!this.lasts()) return true;
    const until = AbortSignal.any([signal, this.leaving.signal, AbortSignal.timeout(PATIENCE_MS)]);
    await this.transcriber.recovery(until).catch(() => undefined);
    return !this.lasts();
  }

  /** Nobody waits any more. */
  end(): void {
    this.leaving.abort();
  }

  /** What only an admin can mend is no outage: the note fails with what is wrong. */
  private lasts(): boolean {
    return this.policy.outlastsOutages && (this.transcriber.outage()?.retryable ?? false);
  }
}
