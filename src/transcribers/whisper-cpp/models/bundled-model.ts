import { join } from 'node:path';
import { ModelPin } from './stock-models';

/** By this name people ask for it. */
export const DEMO_MODEL = 'demo';

export const DEMO_REMARK =
  'A tiny model for demonstration and tests: it understands about 150 words of synthetic speech, and no real speech.';

/** `models/ggml-micro.bin` of this project; see `models/README.md`. */
export const DEMO_PIN: ModelPin = {
  name: DEMO_MODEL,
  sha256: '38c77730dc3c37e6766680d4a6def1a304289f2e9dd8e02b0743abce125d1097',
  bytes: 10_549_005,
};

// As deep below the project in `src` as in `dist`.
export const DEMO_PATH = join(__dirname, '..', '..', '..', '..', 'models', 'ggml-micro.bin');
