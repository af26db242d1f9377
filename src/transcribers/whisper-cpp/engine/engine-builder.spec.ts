import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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
