import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface EngineSource {
  directory: string;
  /** Of whisper.cpp, e.g. `1.9.1`. */
  version: string;
}

/** The whisper.cpp source that the npm package `nodejs-whisper` carries whole. Nothing else of that package is used. */
export async function engineSource(): Promise<EngineSource> {
  const directory = join(dirname(require.resolve('nodejs-whisper/package.json')), 'cpp', 'whisper.cpp');
  const project = await readFile(join(directory, 'CMakeLists.txt'), 'utf8');
  const version = /^project\("whisper\.cpp" VERSION ([\d.]+)\)/m.exec(project)?.[1];
  if (version === undefined) throw new Error(`No whisper.cpp version in ${directory}`);
  return { directory, version };
}
