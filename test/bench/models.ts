import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { DEMO_PATH } from '../../src/transcribers/whisper-cpp/models/bundled-model';
import { readGgml, writeGgml } from '../support/ggml-model';
import { inflate, StockSize } from '../support/inflate-model';

export type Precision = Parameters<typeof writeGgml>[1];

/**
 * The demonstration model with the size and the cost of a stock one. Made once, in the data folder.
 *
 * @param precision hark's own default when absent
 */
export async function modelOf(size: StockSize, precision: Precision = 'q8_0'): Promise<string> {
  const path = resolve('data/bench', `ggml-${size}-${precision}.bin`);
  if (
    await access(path).then(
      () => true,
      () => false,
    )
  )
    return path;
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, writeGgml(inflate(readGgml(await readFile(DEMO_PATH)), size), precision));
  await rename(unfinished, path);
  return path;
}
