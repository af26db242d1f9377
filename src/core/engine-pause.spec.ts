import { setImmediate } from 'node:timers/promises';
import { ScriptedTranscriber, ABSENT } from '../../test/support/scripted-transcriber';
import { EnginePauseService } from './engine-pause.service';
import { HarkError } from './errors';
import { Policy } from './policy';

class Away extends ScriptedTranscriber {
  error?: HarkError = ABSENT;
  private readonly back = Promise.withResolvers<void>();

  override outage(): HarkError | undefined {
    return this.error;
  }

  override async recovery(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.back.reject(signal.reason as Error), { once: true });
    await this.back.promise;
  }

  comeBack(): void {
    this.error = undefined;
    this.back.resolve();
  }
}

describe('while nobody can listen', () => {
  const NEVER = new AbortController().signal;
  const paused = (engine: Away, outlastsOutages = true) =>
    new EnginePauseService(engine, { outlastsOutages } as Policy);

  it('a note waits, and goes on as soon as somebody can', async () => {
    const engine = new Away('engine');
    let over: boolean | undefined;
    const waiting = paused(engine)
      .isOver(NEVER)
      .then((is) => (over = is));
    await setImmediate();
    expect(over).toBeUndefined();
    engine.comeBack();
    await expect(waiting).resolves.toBe(true);
  });

  it('it is let go untouched when hark ends, or the queue wants it back', async () => {
    const pause = paused(new Away('engine'));
    const waiting = pause.isOver(NEVER);
    pause.end();
    await expect(waiting).resolves.toBe(false);
    const stop = new AbortController();
    const other = paused(new Away('engine')).isOver(stop.signal);
    stop.abort();
    await expect(other).resolves.toBe(false);
  });

  it('it does not wait for what only an admin can mend, nor where somebody sits in front of it', async () => {
    const engine = new Away('engine');
    await expect(paused(engine, false).isOver(NEVER)).resolves.toBe(true);
    engine.error = new HarkError('model_not_found', 'No model.');
    await expect(paused(engine).isOver(NEVER)).resolves.toBe(true);
  });
});
