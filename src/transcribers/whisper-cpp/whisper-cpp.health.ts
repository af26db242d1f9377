import { Injectable } from '@nestjs/common';
import { HarkError } from '../../core/errors';
import { HealthCheck, HealthReport } from '../../core/health-check';
import { Settings } from '../../settings/settings';
import { missingTools, TOOLS_REMEDY } from './engine/engine-builder';
import { EngineLocator } from './engine/engine-locator';
import { EnginePool } from './engine/engine-pool';
import { WhisperModelStore } from './models/whisper-model.store';

type Finding = Omit<HealthReport, 'name'>;

/** Looks at the engine and its model, also where nothing has been started. */
@Injectable()
export class WhisperCppHealth extends HealthCheck {
  readonly name = 'whisper-cpp';

  constructor(
    private readonly settings: Settings,
    private readonly engines: EnginePool,
    private readonly locator: EngineLocator,
    private readonly models: WhisperModelStore,
  ) {
    super();
  }

  async check(): Promise<HealthReport[]> {
    const [engine, model] = await Promise.all([this.engine().catch(broken), this.model().catch(broken)]);
    return [
      { name: 'engine', ...engine },
      { name: 'model', ...model },
    ];
  }

  private async engine(): Promise<Finding> {
    const remote = this.settings.whisper.serverUrl !== undefined;
    const { state, detail } = await this.engines.engineFor().available();
    if (state === 'unavailable') {
      const remedy = remote ? 'See that it runs, or correct WHISPER_SERVER_URL.' : 'The log says more.';
      return { state: 'broken', detail, remedy };
    }
    if (remote || state === 'ready') return { state: 'ok', detail };
    if (this.settings.roles.has('worker')) return { state: 'warning', detail };
    return this.binary();
  }

  /** Nothing runs here: whether it could. */
  private async binary(): Promise<Finding> {
    if ((await this.locator.find()) !== undefined) {
      return { state: 'ok', detail: 'The speech engine is installed.' };
    }
    const missing = await missingTools();
    if (missing.length > 0) {
      const detail = `There is no speech engine, and this machine lacks ${missing.join(' and ')} to build it.`;
      return { state: 'broken', detail, remedy: TOOLS_REMEDY };
    }
    const detail = 'The speech engine is built at the first start, which takes about three minutes.';
    return { state: 'warning', detail };
  }

  private async model(): Promise<Finding> {
    const { model, serverUrl } = this.settings.whisper;
    if (serverUrl !== undefined)
      return { state: 'off', detail: 'The engine elsewhere has a model of its own.' };
    const { state, bytes } = await this.models.look(model);
    const megabytes = bytes === undefined ? '' : ` (${Math.round(bytes / 1e6)} MB)`;
    if (state === 'missing') {
      const detail = `The model ${model}${megabytes} is downloaded at the first start.`;
      return { state: 'warning', detail, remedy: `hark models pull ${model}` };
    }
    if (state === 'demo') {
      const remedy = 'Set WHISPER_MODEL to a stock model, e.g. base-q8_0.';
      return { state: 'warning', detail: 'The demonstration model understands about 150 words.', remedy };
    }
    return { state: 'ok', detail: `The model ${model}${megabytes} is there.` };
  }
}

function broken(error: unknown): Finding {
  const { code, userMessage } = HarkError.from(error);
  return code === 'model_corrupt'
    ? {
        state: 'broken',
        detail: userMessage,
        remedy: 'hark models verify shows which; hark models pull mends it.',
      }
    : {
        state: 'broken',
        detail: userMessage,
        remedy: 'Correct the settings; hark models list shows what there is.',
      };
}
