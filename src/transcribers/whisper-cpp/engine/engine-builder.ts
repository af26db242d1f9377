import { cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { HarkError } from '../../../core/errors';
import { withFileLock } from '../file-lock';
import { BuildStep } from './build-step';
import { engineSource } from './engine-source';
import { isExecutable, onPath } from './programs';

/** The server is the engine; the other is what people use without one, and is only built to compare. */
type Program = 'whisper-server' | 'whisper-cli';
const NEVER = new AbortController().signal;
/** For this very processor; static, so that the binary is one file. */
const CONFIGURATION = [
  '-DCMAKE_BUILD_TYPE=Release',
  '-DBUILD_SHARED_LIBS=OFF',
  '-DWHISPER_BUILD_TESTS=OFF',
  '-DGGML_NATIVE=ON',
];
/**
 * The engine multiplies matrices block by block, which whisper.cpp carries but leaves out by default: that takes a quarter
 * of a note's time off. What hark is compared with is built as it comes.
 */
const OWN_FLAGS: Record<Program, { flags: string[]; mark: string }> = {
  'whisper-server': { flags: ['-DGGML_LLAMAFILE=ON'], mark: '-blocks' },
  'whisper-cli': { flags: [], mark: '' },
};

export interface BuildOptions {
  /** The engine when absent. */
  program?: Program;
  /** Where engines of all versions are kept: `<targetDir>/<version>-<arch><what is special about it>/<program>`. */
  targetDir: string;
  /** 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

/** Where the engine of the carried source is once it is built. */
export async function builtEnginePath(
  targetDir: string,
  program: Program = 'whisper-server',
): Promise<string> {
  const { version } = await engineSource();
  return join(targetDir, `${version}-${process.arch}${OWN_FLAGS[program].mark}`, program);
}

/**
 * Builds the engine from the carried source, unless that has been done; about 150 CPU-seconds. Several processes may
 * ask at the same time: one builds, the others wait. The log of the last build stays beside the binary's folder.
 *
 * @returns the absolute path of the binary
 * @throws HarkError `engine_unavailable` when a tool is missing or the build fails, and the abort reason
 */
export async function buildEngine(options: BuildOptions): Promise<string> {
  const { program = 'whisper-server', targetDir, onProgress, signal = NEVER } = options;
  const binary = await builtEnginePath(targetDir, program);
  if (await isExecutable(binary)) return binary;
  await requireTools();
  return withFileLock(dirname(binary), signal, async (held) => {
    if (!(await isExecutable(binary))) await build(program, binary, held, onProgress);
    return binary;
  });
}

/** What a build needs and is not on `PATH`. */
export async function missingTools(): Promise<string[]> {
  const tools: [string, string[]][] = [
    ['cmake', ['cmake']],
    ['a C++ compiler', ['c++', 'g++', 'clang++']],
    ['make', ['make', 'gmake', 'ninja']],
  ];
  const found = await Promise.all(tools.map(([, names]) => onPath(...names)));
  return tools.filter((_, index) => found[index] === undefined).map(([name]) => name);
}

/** What to do about missing tools. */
export const TOOLS_REMEDY =
  'On Debian or Ubuntu run: apt-get install -y cmake build-essential — or set WHISPER_SERVER_BIN or WHISPER_SERVER_URL.';

async function requireTools(): Promise<void> {
  const missing = await missingTools();
  if (missing.length === 0) return;
  throw new HarkError(
    'engine_unavailable',
    `The speech engine cannot be built, because this machine lacks ${missing.join(' and ')}. ${TOOLS_REMEDY}`,
  );
}

async function build(
  program: Program,
  binary: string,
  signal: AbortSignal,
  onProgress?: (share: number) => void,
): Promise<void> {
  const folder = dirname(binary);
  const prefix = `${basename(folder)}.building-`;
  await removeLeftovers(dirname(folder), prefix);
  const workshop = await mkdtemp(join(dirname(folder), prefix));
  try {
    const { directory } = await engineSource();
    // Configuring writes into the source tree, which may be read-only and is not ours.
    await cp(directory, join(workshop, 'source'), { recursive: true });
    const step = new BuildStep(workshop, `${folder}.log`, signal);
    await step.run('cmake', ['-S', 'source', '-B', 'build', ...CONFIGURATION, ...OWN_FLAGS[program].flags]);
    const jobs = String(availableParallelism());
    await step.run('cmake', ['--build', 'build', '--target', program, '--parallel', jobs], onProgress);
    await mkdir(folder, { recursive: true });
    await rename(join(workshop, 'build', 'bin', program), binary);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

/** Of builds that were killed. The caller holds the lock, so nobody is at work in them. */
async function removeLeftovers(parent: string, prefix: string): Promise<void> {
  const left = (await readdir(parent)).filter((name) => name.startsWith(prefix));
  await Promise.all(left.map((name) => rm(join(parent, name), { recursive: true, force: true })));
}
