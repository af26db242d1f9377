import { Injectable, Logger } from '@nestjs/common';
import { HarkError } from '../../../core/errors';
import { ModelStore } from '../../../core/model-store';
import { Settings } from '../../../settings/settings';
import { EngineLimits } from './engine-limits';
import { EngineLocator } from './engine-locator';
import { EngineProcess } from './engine-process';
import { EngineRegister } from './engine-register';

/** What has to be there before an engine can start, and how far it is, 0 to 1. */
export interface Preparation {
  step: 'building the engine' | 'downloading the model' | 'loading the model';
  share?: number;
}

/** The first work of an engine touches all the memory it needs. */
const WARM_UP = { samples: new Int16Array(16_000), language: 'en', audioContext: 256 };

/** Gets an engine ready to be asked: binary, model, process, and a first piece of work. */
@Injectable()
export class EngineLauncher {
  private readonly log = new Logger('WhisperEngine');

  constructor(
    private readonly settings: Settings,
    private readonly locator: EngineLocator,
    private readonly models: ModelStore,
    private readonly register: EngineRegister,
    private readonly limits: EngineLimits,
  ) {}

  /**
   * @throws HarkError `engine_unavailable` or `model_…`, and the abort reason
   */
  async launch(
    model: string,
    signal: AbortSignal,
    onPreparation: (preparation: Preparation) => void,
  ): Promise<EngineProcess> {
    const orphans = await this.register.endOrphans();
    if (orphans > 0) this.log.warn(`Ended ${orphans} engine(s) that an earlier run had left behind`);
    const [binary, file] = await Promise.all([
      this.locator.provide(signal, (share) => onPreparation({ step: 'building the engine', share })),
      this.models.resolve(model, signal, ({ receivedBytes, totalBytes }) =>
        onPreparation({ step: 'downloading the model', share: totalBytes && receivedBytes / totalBytes }),
      ),
    ]);
    onPreparation({ step: 'loading the model' });
    const command = { binary, model: file, threads: this.settings.whisper.threads };
    const engine = await EngineProcess.start(command, (line) => this.log.debug(line));
    void engine.ended.then(() => this.register.remove(engine.mark));
    try {
      if (engine.pid !== undefined) await this.register.add(engine.pid, engine.mark);
      await this.getReady(engine, signal);
      return engine;
    } catch (error) {
      await engine.kill();
      signal.throwIfAborted();
      throw error instanceof HarkError ? error : doesNotStart(engine, error);
    }
  }

  private async getReady(engine: EngineProcess, signal: AbortSignal): Promise<void> {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(this.limits.startMs)]);
    if (!(await engine.ready(limited))) throw doesNotStart(engine, await engine.ended);
    await engine.client.ask(WARM_UP, limited);
  }
}

function doesNotStart(engine: EngineProcess, cause: unknown): HarkError {
  const lines = engine.lastWords;
  // It says so of files that are whole but not what it can work with.
  if (/failed to (initialize whisper context|load model)/.test(lines)) {
    return new HarkError('model_corrupt', 'The speech engine cannot work with this model file.', {
      cause: new Error(lines, { cause }),
    });
  }
  return new HarkError('engine_unavailable', 'The speech engine does not start. The log says why.', {
    retryable: true,
    cause: new Error(lines || String(cause), { cause }),
  });
}
