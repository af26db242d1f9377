import { basename, isAbsolute, join, resolve } from 'node:path';
import { HarkError } from '../../../core/errors';
import { Settings } from '../../../settings/settings';
import { DEMO_MODEL, DEMO_PATH, DEMO_PIN } from './bundled-model';
import { ModelPin, STOCK_MODELS, stockFileName } from './stock-models';

/** A model that was asked for: where its file is or will be, and what is known of it. */
export interface KnownModel {
  name: string;
  path: string;
  /** Absent for a file of the admin's own. */
  pin?: ModelPin;
  /** Whether it can be downloaded. */
  stock: boolean;
}

/**
 * What a name stands for: `demo`, a path (it has a slash, or ends in `.bin`), or a stock model.
 *
 * @throws HarkError `model_unknown`
 */
export function knownModel(name: string, settings: Settings): KnownModel {
  const sha256 = name === settings.whisper.model ? settings.whisper.modelSha256 : undefined;
  if (name === DEMO_MODEL) return { name, path: DEMO_PATH, pin: DEMO_PIN, stock: false };
  if (isAbsolute(name) || /[\\/]|\.bin$/.test(name)) {
    const pin = sha256 === undefined ? undefined : { name: basename(name), sha256 };
    return { name, path: resolve(name), pin, stock: false };
  }
  const pin = sha256 === undefined ? STOCK_MODELS.find((model) => model.name === name) : { name, sha256 };
  if (!pin || !/^[\w][\w.-]*$/.test(name)) throw unknown(name);
  return { name, path: join(settings.dataDir, 'models', stockFileName(name)), pin, stock: true };
}

/** The demonstration model, the stock models, and what the settings name besides. */
export function allModels(settings: Settings): KnownModel[] {
  const named = [settings.whisper.model, settings.draftModel].filter((name) => name !== undefined);
  const names = new Set([DEMO_MODEL, ...STOCK_MODELS.map(({ name }) => name), ...named]);
  return [...names].flatMap((name) => {
    try {
      return [knownModel(name, settings)];
    } catch {
      return [];
    }
  });
}

function unknown(name: string): HarkError {
  const shown = name.slice(0, 80);
  return new HarkError(
    'model_unknown',
    `hark has no checksum for a model named "${shown}". Take one of those that "hark models list" shows, give a path, or set WHISPER_MODEL_SHA256 to the checksum of its file.`,
    { params: { model: shown } },
  );
}
