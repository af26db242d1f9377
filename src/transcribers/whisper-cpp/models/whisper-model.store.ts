import { Injectable, Logger } from '@nestjs/common';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HarkError } from '../../../core/errors';
import { DownloadProgress, ModelInfo, ModelStore } from '../../../core/model-store';
import { Settings } from '../../../settings/settings';
import { withFileLock } from '../file-lock';
import { DEMO_MODEL, DEMO_REMARK } from './bundled-model';
import { verifyFile } from './checksum';
import { allModels, KnownModel, knownModel } from './known-models';
import { ModelDownload, partOf } from './model-download';
import { checkModelLayout } from './model-layout';
import { stockFileName } from './stock-models';
import { VerifiedFiles } from './verified-files';

type Listener = (progress: DownloadProgress) => void;

/** Model files: the bundled one, those of the data folder, and the admin's own. */
@Injectable()
export class WhisperModelStore extends ModelStore {
  private readonly log = new Logger('Models');
  private readonly verified: VerifiedFiles;

  constructor(private readonly settings: Settings) {
    super();
    this.verified = new VerifiedFiles(join(settings.dataDir, 'verified-models.json'));
  }

  async list(): Promise<ModelInfo[]> {
    return Promise.all(
      allModels(this.settings).map(async ({ name, path, pin }) => {
        const there = await fileFacts(path);
        const part = there ? undefined : await fileFacts(partOf(path));
        const bytes = pin?.bytes ?? there?.size;
        return {
          name,
          ...(bytes !== undefined && { bytes }),
          ...(there && { path }),
          ...(part && { receivedBytes: part.size }),
          ...(name === this.settings.whisper.model && { inUse: true }),
          ...(name === DEMO_MODEL && { remark: DEMO_REMARK }),
        };
      }),
    );
  }

  async resolve(name: string, signal: AbortSignal, onProgress?: Listener): Promise<string> {
    const model = knownModel(name, this.settings);
    if (model.stock && !(await fileFacts(model.path))) return this.pull(name, signal, onProgress);
    if (name === DEMO_MODEL) this.log.warn(`The demonstration model is in use. ${DEMO_REMARK}`);
    await this.check(model, signal);
    return model.path;
  }

  async pull(name: string, signal: AbortSignal, onProgress?: Listener): Promise<string> {
    const model = knownModel(name, this.settings);
    const { path, pin, stock } = model;
    // Whoever asks for it by hand may have a reason.
    await this.verified.forget(model);
    if (!stock || !pin) return this.resolve(name, signal);
    const base = new URL(`${this.settings.whisper.modelBaseUrl}/`);
    const url = new URL(stockFileName(name), base);
    await withFileLock(path, signal, async (held) => {
      if ((await fileFacts(path)) && (await this.isRight(model, held))) return;
      const download = new ModelDownload(pin, url, path, (receivedBytes, totalBytes) =>
        onProgress?.({ name, receivedBytes, totalBytes }),
      );
      await download.run(held);
    });
    await this.check(model, signal);
    return path;
  }

  async verify(onProgress?: Listener): Promise<{ name: string; ok: boolean; detail: string }[]> {
    const results = [];
    for (const model of allModels(this.settings)) {
      const facts = await fileFacts(model.path);
      if (!facts) continue;
      await this.verified.forget(model);
      const listen = (receivedBytes: number) =>
        onProgress?.({ name: model.name, receivedBytes, totalBytes: facts.size });
      results.push(await this.verdict(model, listen));
    }
    return results;
  }

  /**
   * Whether a model is there, without reading all of it.
   *
   * @throws HarkError `model_unknown`, `model_not_found` or `model_corrupt`
   */
  async look(name: string): Promise<{ state: 'there' | 'missing' | 'demo'; bytes?: number }> {
    const model = knownModel(name, this.settings);
    const { path, pin, stock } = model;
    const bytes = (await fileFacts(path))?.size;
    if (bytes === undefined && !stock) throw notFound(path);
    if (bytes === undefined) return { state: 'missing', bytes: pin?.bytes };
    if (!(await this.verified.has(model))) await checkModelLayout(path);
    return { state: name === DEMO_MODEL ? 'demo' : 'there', bytes };
  }

  /** What is wrong gives way to a new download, which takes its place when it is whole. */
  private async isRight(model: KnownModel, signal: AbortSignal): Promise<boolean> {
    try {
      await this.check(model, signal);
      return true;
    } catch (error) {
      if (!(error instanceof HarkError)) throw error;
      this.log.warn(`${error.userMessage} It is downloaded again.`);
      return false;
    }
  }

  private async verdict(
    model: KnownModel,
    onBytes: (bytes: number) => void,
  ): Promise<{ name: string; ok: boolean; detail: string }> {
    const { name, pin } = model;
    try {
      await this.check(model, undefined, onBytes);
      const detail = pin ? `SHA-256 ${pin.sha256}` : 'whole; there is no checksum to compare it with';
      return { name, ok: true, detail };
    } catch (error) {
      return { name, ok: false, detail: HarkError.from(error).userMessage };
    }
  }

  /** @throws HarkError `model_not_found` or `model_corrupt` */
  private async check(
    model: KnownModel,
    signal?: AbortSignal,
    onBytes?: (bytes: number) => void,
  ): Promise<void> {
    const { path, pin } = model;
    if (!(await fileFacts(path))) throw notFound(path);
    await this.verified.check(model, () =>
      pin ? verifyFile(path, pin, signal, onBytes) : checkModelLayout(path),
    );
  }
}

async function fileFacts(path: string) {
  const facts = await stat(path).catch(() => undefined);
  return facts?.isFile() ? facts : undefined;
}

function notFound(path: string): HarkError {
  return new HarkError('model_not_found', 'The model file that the settings name does not exist.', {
    cause: new Error(path),
  });
}
