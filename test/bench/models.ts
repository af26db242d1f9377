import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { DEMO_PATH } from '../../src/transcribers/whisper-cpp/models/bundled-model';
import { readGgml, writeGgml } from '../support/ggml-model';
import { inflate, StockSize } from '../support/inflate-model';

/** As hark's own default is quantised. */
const PRECISION = 'q8_0';

/** The demonstration model with the size and the cost of a stock one. Made once, in the data folder. */
export async function modelOf(size: StockSize): Promise<string> {
  const path = resolve('data/bench', `ggml-${size}-${PRECISION}.bin`);
  if (
    await access(path).then(
      () => true,
      () => false,
    )
  )
    return path;
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, writeGgml(inflate(readGgml(await readFile(DEMO_PATH)), size), PRECISION));
  await rename(unfinished, path);
  return path;
}
