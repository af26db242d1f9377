import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { whisperSettings } from '../../../../test/support/whisper';
import { builtEnginePath } from './engine-builder';
import { EngineLocator } from './engine-locator';

describe("the engine's binary", () => {
  const path = process.env.PATH;
  const settings = whisperSettings();
  let installed: string;

  beforeEach(() => {
    installed = mkdtempSync(join(tmpdir(), 'hark-path-'));
    process.env.PATH = installed;
  });
  afterEach(() => {
    process.env.PATH = path;
    rmSync(installed, { recursive: true });
  });
  afterAll(() => rmSync(settings.dataDir, { recursive: true }));

  const program = (file: string, mode = 0o755) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '#!/bin/sh\n', { mode });
    return file;
  };

  it('is nowhere at first', async () => {
    await expect(new EngineLocator(settings).find()).resolves.toBeUndefined();
  });

  it('is the one that was built before; before that the one on PATH; before that the one of the settings', async () => {
    const built = program(await builtEnginePath(join(settings.dataDir, 'engine')));
    await expect(new EngineLocator(settings).find()).resolves.toBe(built);
    const onPath = program(join(installed, 'whisper-server'));
    await expect(new EngineLocator(settings).find()).resolves.toBe(onPath);
    const serverBin = program(join(installed, 'of-the-settings'));
    const named = { ...settings, whisper: { ...settings.whisper, serverBin } };
    await expect(new EngineLocator(named).find()).resolves.toBe(serverBin);
  });

  it('must be one that can be run', async () => {
    const serverBin = program(join(installed, 'text'), 0o644);
    const named = { ...settings, whisper: { ...settings.whisper, serverBin } };
    await expect(new EngineLocator(named).find()).rejects.toMatchObject({ code: 'engine_unavailable' });
  });
});
