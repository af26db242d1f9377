import { Logger } from '@nestjs/common';
import { ExponentialBackoff } from 'cockatiel';
import { setTimeout as pause } from 'node:timers/promises';
import { HarkError } from '../../../core/errors';
import { TimeLimit } from '../../../core/time-limit';
import { Fact, Telemetry } from '../../../core/telemetry';
import { Availability } from '../../../core/transcriber';
import { forEverybody } from '../../../core/work-context';
import { orAborted } from '../../or-aborted';
import { Engine } from './engine';
import { AbandonedQuestion, EngineClient } from './engine-client';
import { EngineLauncher, Preparation } from './engine-launcher';
import { EngineLimits } from './engine-limits';
import { EngineProcess } from './engine-process';

type Ending = Extract<Fact, { type: 'engine-replaced' }>['why'];

/** Keeps one engine of our own running: starts it, and starts another one when it dies, hangs or grows. */
export class LocalEngine extends Engine {
  private readonly log = new Logger('WhisperEngine');
  private readonly closing = new AbortController();
  private keeping?: Promise<void>;
  private running?: EngineProcess;
  private mostBytes = Infinity;
  private logged?: string;
  /** Settles with the next engine that is ready, or with why the next start failed. */
  private next = deferred<EngineProcess>();
  private state: Availability;

  constructor(
    private readonly model: string,
    private readonly launcher: EngineLauncher,
    private readonly limits: EngineLimits,
    private readonly telemetry: Telemetry,
  ) {
    super();
    this.state = { state: 'loading', detail: `The model ${model} is loaded when it is first needed.` };
  }

  start(): void {
    if (this.closing.signal.aborted) return;
    this.keeping ??= forEverybody(() => this.keep());
  }

  async stop(): Promise<void> {
    this.closing.abort(new HarkError('service_unavailable', 'hark is shutting down.', { retryable: true }));
    await this.running?.kill();
    await this.keeping;
  }

  available(): Promise<Availability> {
    return Promise.resolve(this.state);
  }

  async ready(signal: AbortSignal): Promise<void> {
    await this.nextEngine(signal);
  }

  async use<T>(
    audioSeconds: number,
    signal: AbortSignal,
    work: (client: EngineClient, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    for (let first = true; ; first = false) {
      const engine = await this.nextEngine(signal);
      const limit = new TimeLimit(this.limits.requestMs(audioSeconds));
      try {
        const result = await work(engine.client, AbortSignal.any([signal, limit.signal]));
        await this.replaceIfGrown(engine);
        return result;
      } catch (error) {
        if (!first || signal.aborted || !wasGone(error))
          throw await this.explained(error, engine, signal, limit.signal);
        await engine.kill();
      } finally {
        limit.lift();
      }
    }
  }

  private nextEngine(signal: AbortSignal): Promise<EngineProcess> {
    this.closing.signal.throwIfAborted();
    this.start();
    return orAborted(this.next.promise, AbortSignal.any([signal, this.closing.signal]));
  }

  /** One engine after the other, until stopped or until it makes no sense to go on. */
  private async keep(): Promise<void> {
    const backoff = new ExponentialBackoff({
      initialDelay: this.limits.restartMs.first,
      maxDelay: this.limits.restartMs.longest,
    });
    let delay = backoff.next();
    while (!this.closing.signal.aborted) {
      try {
        if ((await this.keepOne()) === 'at once') {
          delay = backoff.next();
          continue;
        }
      } catch (error) {
        if (this.closing.signal.aborted || !this.failed(HarkError.from(error))) return;
      }
      await pause(delay.duration, undefined, { signal: this.closing.signal }).catch(() => undefined);
      delay = delay.next(undefined);
    }
  }

  /** Starts an engine and waits for its end. When the next one is wanted. */
  private async keepOne(): Promise<'at once' | 'later'> {
    const engine = await this.launcher.launch(this.model, this.closing.signal, (step) => this.prepare(step));
    const since = performance.now();
    await this.present(engine);
    // It was ready in the very moment in which hark was told to stop.
    if (this.closing.signal.aborted) await engine.kill();
    const how = await engine.ended;
    // Whoever ends an engine takes it out of use before.
    if (this.running !== engine) return 'at once';
    this.withdraw(engine, 'died');
    if (this.closing.signal.aborted) return 'at once';
    this.log.warn(
      `The engine has died (${how}), another one is started. Its last words:\n${engine.lastWords}`,
    );
    return performance.now() - since > this.limits.stableMs ? 'at once' : 'later';
  }

  private prepare({ step, share }: Preparation): void {
    const percent = share === undefined ? '' : ` (${Math.floor(share * 100)} %)`;
    const detail = `Getting ready: ${step}${percent}.`;
    this.state = { state: 'loading', detail, ...(share !== undefined && { progress: share }) };
    // A line for every tenth: a build takes minutes, and so may a download.
    const tenth = `${step} ${Math.floor((share ?? 0) * 10)}`;
    if (tenth !== this.logged) this.log.log(detail);
    this.logged = tenth;
  }

  private async present(engine: EngineProcess): Promise<void> {
    this.mostBytes = this.limits.mostBytes((await engine.residentBytes()) ?? Infinity);
    this.running = engine;
    this.state = { state: 'ready', detail: `The model ${this.model} is loaded.` };
    this.log.log(this.state.detail);
    this.next.resolve(engine);
  }

  /** Takes an engine out of use: who comes now waits for the next one. */
  private withdraw(engine: EngineProcess, why: Ending): void {
    if (this.running !== engine) return;
    if (!this.closing.signal.aborted) this.telemetry.tell({ type: 'engine-replaced', why });
    this.running = undefined;
    this.state = { state: 'loading', detail: 'The engine is being started again.' };
    this.next = deferred();
  }

  private async end(engine: EngineProcess, why: Ending): Promise<void> {
    this.withdraw(engine, why);
    await engine.kill();
  }

  /** Whether another try makes sense now. If not, the next use makes one. */
  private failed(error: HarkError): boolean {
    this.log.error(error.message, error.cause instanceof Error ? error.cause.message : undefined);
    this.state = { state: 'unavailable', detail: error.userMessage };
    if (!error.retryable) this.keeping = undefined;
    const { reject } = this.next;
    this.next = deferred();
    reject(error);
    return error.retryable;
  }

  private async replaceIfGrown(engine: EngineProcess): Promise<void> {
    const bytes = await engine.residentBytes();
    if (bytes === undefined || bytes <= this.mostBytes) return;
    this.log.log(`The engine has grown to ${Math.round(bytes / 1e6)} MB and is replaced`);
    await this.end(engine, 'grown');
  }

  private async explained(
    error: unknown,
    engine: EngineProcess,
    signal: AbortSignal,
    limit: AbortSignal,
  ): Promise<unknown> {
    if (signal.aborted) {
      const atWork = error instanceof AbandonedQuestion;
      if (atWork && !(await engine.stopsWithin(this.limits.stopMs))) await this.end(engine, 'hung');
      return signal.reason;
    }
    if (error instanceof HarkError) return error;
    const cause = new Error(engine.lastWords, { cause: error });
    if (limit.aborted) {
      await this.end(engine, 'hung');
      const sentence = 'The speech engine took too long and was started again.';
      return new HarkError('engine_timeout', sentence, { retryable: true, cause });
    }
    // Its connection broke: it has died, or is no engine that could be asked again.
    await Promise.race([engine.ended, pause(this.limits.stopMs, undefined, { ref: false })]);
    await engine.kill();
    return new HarkError('engine_crashed', 'The speech engine stopped in the middle of its work.', {
      retryable: true,
      cause,
    });
  }
}

/** It had died before it was asked, unnoticed as yet: nothing is lost, and the next one can be asked. */
function wasGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ECONNREFUSED' || code === 'UND_ERR_DESTROYED';
}

/** A failed start that nobody waits for is in the log, and no unhandled rejection. */
function deferred<T>(): PromiseWithResolvers<T> {
  const made = Promise.withResolvers<T>();
  made.promise.catch(() => undefined);
  return made;
}
