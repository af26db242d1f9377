import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODEL, NEVER, modelFiles } from '../../../../test/support/model-files';
import { DEMO_PATH } from './bundled-model';
import { STOCK_MODELS } from './stock-models';

jest.setTimeout(60_000);

describe('model files', () => {
  const files = modelFiles();
  const { prepare } = files;

  it('are listed with what is here', async () => {
    prepare({ WHISPER_MODEL: 'base-q8_0' });
    const models = await files.store.list();
    expect(models).toHaveLength(STOCK_MODELS.length + 1);
    expect(models[0]).toMatchObject({ name: 'demo', path: DEMO_PATH, bytes: 10_549_005 });
    expect(models[0]?.remark).toContain('150 words');
    const wanted = { name: 'base-q8_0', bytes: 81_768_585, inUse: true };
    expect(models).toContainEqual(wanted);
    mkdirSync(files.directory, { recursive: true });
    writeFileSync(`${files.file}.part`, 'half a model');
    expect(await files.store.list()).toContainEqual({ ...wanted, receivedBytes: 12 });
  });

  it('are verified one by one', async () => {
    await files.store.pull(MODEL, NEVER);
    const tiny = join(files.directory, 'ggml-tiny.bin');
    writeFileSync(tiny, files.server.file);
    const results = await files.store.verify();
    expect(results).toEqual([
      { name: 'demo', ok: true, detail: expect.stringContaining('SHA-256') },
      { name: 'tiny', ok: false, detail: expect.stringContaining('expected 77691713 bytes, found 10549005') },
      { name: MODEL, ok: true, detail: expect.stringContaining(files.server.sha256) },
    ]);
  });

  it('are verified byte by byte, whatever is remembered of them', async () => {
    await files.store.pull(MODEL, NEVER);
    await files.store.resolve(MODEL, NEVER);
    const heard: number[] = [];
    await files.store.verify(({ name, receivedBytes }) => name === MODEL && heard.push(receivedBytes));
    expect(heard.at(-1)).toBe(files.server.file.length);
  });
});
