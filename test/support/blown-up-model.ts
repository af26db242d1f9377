import { readFileSync, writeFileSync } from 'node:fs';
import { DEMO_PATH } from '../../src/transcribers/whisper-cpp/models/bundled-model';
import { readGgml, writeGgml } from './ggml-model';
import { inflate, StockSize } from './inflate-model';

/** Writes the demonstration model in a stock one's size, and with its cost. */
export function writeBlownUp(path: string, size: StockSize): void {
  writeFileSync(path, writeGgml(inflate(readGgml(readFileSync(DEMO_PATH)), size), 'q8_0'));
}
