import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildEngine, builtEnginePath } from './engine-builder';

jest.setTimeout(120_000);

// A whole build takes minutes; the tests' start-up has made one with the same function.
describe('building the engine', () => {
  let targetDir: string;
  const environment = { PATH: process.env.PATH, CXX: process.env.CXX };

  beforeEach(() => (targetDir = mkdtempSync(join(tmpdir(), 'hark-build-'))));
  afterEach(() => {
    for (const [name, value] of Object.entries(environment)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(targetDir, { recursive: true });
  });

  const workshops = () => readdirSync(targetDir).filter((name) => name.includes('.building-'));

  it('says what is missing and how to get it', async () => {
    process.env.PATH = targetDir;
    await expect(buildEngine({ targetDir })).rejects.toMatchObject({
      code: 'engine_unavailable',
      retryable: false,
      userMessage: expect.stringMatching(/cmake and a C\+\+ compiler and make.*apt-get install -y cmake/),
    });
  });

  it('leaves a log and nothing else when it fails', async () => {
    process.env.CXX = '/bin/false';
    await expect(buildEngine({ targetDir })).rejects.toMatchObject({
      code: 'engine_unavailable',
      // Its two outputs come in either order, and only the last lines are kept.
      cause: { message: expect.stringMatching(/Configuring incomplete|CMake will not be able to/) },
    });
    expect(workshops()).toEqual([]);
    const log = readdirSync(targetDir).find((name) => name.endsWith('.log')) ?? '';
    expect(readFileSync(join(targetDir, log), 'utf8')).toContain(
      'The CXX compiler identification is unknown',
    );
  });

  it.each([
    ['whisper-server', true],
    ['whisper-cli', false],
  ] as const)('multiplies by blocks in %s: %s', async (program, blocks) => {
    writeFileSync(join(targetDir, 'cmake'), '#!/bin/sh\necho "$@"; exit 1', { mode: 0o755 });
    process.env.PATH = `${targetDir}:${environment.PATH}`;
    const asked = await buildEngine({ program, targetDir }).catch(({ cause }) => String(cause));
    expect(asked).toContain('-DGGML_NATIVE=ON');
    expect(asked.includes('-DGGML_LLAMAFILE=ON')).toBe(blocks);
  });

  it('stops with everything it has started', async () => {
    const stop = new AbortController();
    const begun = new AbortController();
    const building = buildEngine({ targetDir, signal: stop.signal, onProgress: () => begun.abort() });
    await Promise.race([once(begun.signal, 'abort'), building]);
    stop.abort(new Error('enough'));
    await expect(building).rejects.toThrow('enough');
    expect(workshops()).toEqual([]);
    expect(existsSync(await builtEnginePath(targetDir))).toBe(false);
  });
});
