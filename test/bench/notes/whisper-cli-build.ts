import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { BuildStep } from '../../../src/transcribers/whisper-cpp/engine/build-step';
import { engineSource } from '../../../src/transcribers/whisper-cpp/engine/engine-source';
import { isExecutable } from '../../../src/transcribers/whisper-cpp/engine/programs';
import { withFileLock } from '../../../src/transcribers/whisper-cpp/file-lock';

const PROGRAM = 'whisper-cli';
/** As its own README says, whatever hark does to its engine; static, so that the program is one file. */
const CONFIGURATION = ['-DCMAKE_BUILD_TYPE=Release', '-DBUILD_SHARED_LIBS=OFF', '-DWHISPER_BUILD_TESTS=OFF'];

/**
 * The program that people use by hand, from the source of hark's engine. Built once, in the data folder; about 150
 * seconds of a processor.
 */
export async function whisperCli(): Promise<string> {
  const { directory, version } = await engineSource();
  const program = resolve('data/bench', `${PROGRAM}-${version}-${process.arch}`);
  if (await isExecutable(program)) return program;
  await mkdir(dirname(program), { recursive: true });
  return withFileLock(program, new AbortController().signal, async (held) => {
    if (await isExecutable(program)) return program;
    console.log('Building whisper-cli, once …');
    const workshop = await mkdtemp(`${program}.building-`);
    try {
      await cp(directory, join(workshop, 'source'), { recursive: true });
      const step = new BuildStep(workshop, `${program}.log`, held);
      await step.run('cmake', ['-S', 'source', '-B', 'build', ...CONFIGURATION]);
      const jobs = String(availableParallelism());
      await step.run('cmake', ['--build', 'build', '--target', PROGRAM, '--parallel', jobs]);
      await rename(join(workshop, 'build', 'bin', PROGRAM), program);
      return program;
    } finally {
      await rm(workshop, { recursive: true, force: true });
    }
  });
}
