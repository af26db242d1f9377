import { Injectable } from '@nestjs/common';
import { join } from 'node:path';
import { HarkError } from '../../../core/errors';
import { Settings } from '../../../settings/settings';
import { buildEngine, builtEnginePath } from './engine-builder';
import { isExecutable, onPath } from './programs';

/** Where the engine's binary comes from: the settings, `PATH`, or the data folder, where it is built once. */
@Injectable()
export class EngineLocator {
  constructor(private readonly settings: Settings) {}

  /**
   * The binary's path, or undefined when it would have to be built.
   *
   * @throws HarkError `engine_unavailable` when the setting names a file that cannot be run
   */
  async find(): Promise<string | undefined> {
    const { serverBin } = this.settings.whisper;
    if (serverBin !== undefined) {
      if (await isExecutable(serverBin)) return serverBin;
      throw new HarkError(
        'engine_unavailable',
        'WHISPER_SERVER_BIN does not name a program that can be run. Correct it, or leave it out.',
        { cause: new Error(serverBin) },
      );
    }
    const found = await onPath('whisper-server');
    if (found !== undefined) return found;
    const built = await builtEnginePath(this.directory);
    return (await isExecutable(built)) ? built : undefined;
  }

  /**
   * The binary's path; builds it where there is none.
   *
   * @throws HarkError `engine_unavailable`, and the abort reason
   */
  async provide(signal: AbortSignal, onProgress?: (share: number) => void): Promise<string> {
    return (await this.find()) ?? buildEngine({ targetDir: this.directory, onProgress, signal });
  }

  private get directory(): string {
    return join(this.settings.dataDir, 'engine');
  }
}
