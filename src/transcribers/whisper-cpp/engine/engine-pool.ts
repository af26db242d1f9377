import { basename } from 'node:path';
import { Injectable, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { HarkError } from '../../../core/errors';
import { Telemetry } from '../../../core/telemetry';
import { Settings } from '../../../settings/settings';
import { Engine } from './engine';
import { EngineLauncher } from './engine-launcher';
import { EngineLimits } from './engine-limits';
import { LocalEngine } from './local-engine';
import { RemoteEngine } from './remote-engine';

/** The engines of this process: one for the chosen model and, when there is one, another for the drafts. */
@Injectable()
export class EnginePool implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly engines = new Map<string, Engine>();

  constructor(
    private readonly settings: Settings,
    private readonly launcher: EngineLauncher,
    private readonly limits: EngineLimits,
    private readonly telemetry: Telemetry,
  ) {}

  /**
   * @param model the chosen one when absent; only models that the settings name are loaded, whoever asks
   * @throws HarkError `model_unknown`
   */
  engineFor(model?: string): Engine {
    const { whisper } = this.settings;
    const wanted = model ?? whisper.model;
    if (!this.has(wanted)) {
      throw new HarkError('model_unknown', 'hark was not set up to use this model.', {
        params: { model: wanted.slice(0, 80) },
      });
    }
    const known = this.engines.get(wanted);
    if (known) return known;
    const engine =
      whisper.serverUrl === undefined
        ? new LocalEngine(wanted, this.launcher, this.limits, this.telemetry)
        : new RemoteEngine(whisper.serverUrl, this.limits);
    this.engines.set(wanted, engine);
    return engine;
  }

  has(model: string): boolean {
    const { whisper, draftModel } = this.settings;
    return model === whisper.model || model === draftModel;
  }

  /** What people call the model: its name, or that of its file. */
  modelName(model = this.settings.whisper.model): string {
    return basename(model, '.bin');
  }

  /** In the background: the first note finds a warm engine. */
  onApplicationBootstrap(): void {
    const { roles, transcribers, draftModel } = this.settings;
    if (!roles.has('worker') || !transcribers.includes('whisper-cpp')) return;
    this.engineFor().start();
    if (draftModel !== undefined) this.engineFor(draftModel).start();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.engines.values()].map((engine) => engine.stop()));
  }
}
