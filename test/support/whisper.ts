import { Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AudioPiece } from '../../src/core/media';
import { Telemetry } from '../../src/core/telemetry';
import { ListeningOptions } from '../../src/core/transcriber';
import { Segment } from '../../src/core/transcript';
import { loadSettings } from '../../src/settings/load-settings';
import { Settings } from '../../src/settings/settings';
import { EngineLauncher } from '../../src/transcribers/whisper-cpp/engine/engine-launcher';
import { EngineLimits } from '../../src/transcribers/whisper-cpp/engine/engine-limits';
import { EngineLocator } from '../../src/transcribers/whisper-cpp/engine/engine-locator';
import { EnginePool } from '../../src/transcribers/whisper-cpp/engine/engine-pool';
import { EngineRegister } from '../../src/transcribers/whisper-cpp/engine/engine-register';
import { WhisperModelStore } from '../../src/transcribers/whisper-cpp/models/whisper-model.store';
import { WhisperCppTranscriber } from '../../src/transcribers/whisper-cpp/whisper-cpp.transcriber';

Logger.overrideLogger(false);

/** The engine that the tests' start-up provides. */
export function serverBinary(): string {
  const path = process.env.WHISPER_SERVER_BIN;
  if (path === undefined) throw new Error('WHISPER_SERVER_BIN must name a whisper-server for this test');
  return path;
}

/** Settings of a worker with the demonstration model and a data folder of its own. */
export function whisperSettings(variables: Record<string, string> = {}): Settings {
  const DATA_DIR = join(tmpdir(), `hark-whisper-${randomUUID()}`);
  mkdirSync(DATA_DIR);
  return loadSettings({ NODE_ENV: 'test', DATA_DIR, WHISPER_MODEL: 'demo', ...variables });
}

/** Everything that listens, put together as the module does. */
export class WhisperRig {
  readonly store: WhisperModelStore;
  readonly pool: EnginePool;
  readonly transcriber: WhisperCppTranscriber;
  /** Why engines were replaced, in order. */
  readonly replaced: string[] = [];

  constructor(
    readonly settings: Settings,
    limits = new EngineLimits(),
  ) {
    this.store = new WhisperModelStore(settings);
    const locator = new EngineLocator(settings);
    const register = new EngineRegister(settings);
    const launcher = new EngineLauncher(settings, locator, this.store, register, limits);
    const telemetry = new Telemetry();
    telemetry.listen((fact) => fact.type === 'engine-replaced' && this.replaced.push(fact.why));
    this.pool = new EnginePool(settings, launcher, limits, telemetry);
    this.transcriber = new WhisperCppTranscriber(this.pool);
  }

  async hear(
    samples: Int16Array,
    options: Partial<ListeningOptions> & { start?: number } = {},
    signal = new AbortController().signal,
  ): Promise<Segment[]> {
    const { start = 0, language = 'auto', translate = false, ...rest } = options;
    const piece: AudioPiece = { index: 0, start, samples, content: 'speech', progress: 1 };
    const heard: Segment[] = [];
    const segments = this.transcriber.transcribe(piece, { language, translate, ...rest }, signal);
    for await (const segment of segments) heard.push(segment);
    return heard;
  }

  /** The process number of the only engine that is running. */
  get enginePid(): number {
    const running = join(this.settings.dataDir, 'engine', 'running');
    const [name, ...others] = readdirSync(running);
    if (name === undefined || others.length > 0) throw new Error('Not exactly one engine is running');
    return (JSON.parse(readFileSync(join(running, name), 'utf8')) as { engine: number }).engine;
  }

  async close(): Promise<void> {
    await this.pool.onApplicationShutdown();
    rmSync(this.settings.dataDir, { recursive: true, force: true });
  }
}
