import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODEL, NEVER, modelFiles } from '../../../../test/support/model-files';

jest.setTimeout(60_000);

describe('model files', () => {
  const files = modelFiles();
  const { prepare, leftInFolder, isWhole } = files;

  describe('are refused', () => {
    it('with a wrong byte', async () => {
      files.server.behaviours.push({ wrongByteAt: 5_000_000 });
      await expect(files.store.pull(MODEL, NEVER)).rejects.toMatchObject({
        code: 'model_corrupt',
        retryable: false,
        params: {
          expected: `SHA-256 ${files.server.sha256}`,
          actual: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      });
      expect(leftInFolder()).toEqual([]);
    });

    it('that are not there, in one sentence', async () => {
      files.server.behaviours.push({ status: 404 });
      const { host } = new URL(files.server.url);
      await expect(files.store.pull(MODEL, NEVER)).rejects.toMatchObject({
        code: 'model_not_found',
        userMessage: `There is no model ${MODEL} at ${host}.`,
      });
      expect(leftInFolder()).toEqual([]);
    });

    it('instead of which a page comes', async () => {
      prepare({ WHISPER_MODEL: 'tiny' });
      files.server.behaviours.push({ page: '<html>Please sign in</html>' });
      await expect(files.store.pull('tiny', NEVER)).rejects.toMatchObject({
        code: 'model_download_failed',
        userMessage: expect.stringContaining('expected 77691713 bytes, found 27'),
      });
      expect(leftInFolder()).toEqual([]);
    });

    it('for which there is no room', async () => {
      mkdirSync(files.directory);
      symlinkSync('/dev/full', `${files.file}.part`);
      await expect(files.store.pull(MODEL, NEVER)).rejects.toMatchObject({ code: 'storage_full' });
    });

    it('when the address leads round in circles', async () => {
      files.server.behaviours.push(...Array.from({ length: 6 }, () => ({ redirect: '/again' })));
      await expect(files.store.pull(MODEL, NEVER)).rejects.toMatchObject({ code: 'model_download_failed' });
    });

    it('whose server is not to be reached, after some tries', async () => {
      prepare({ WHISPER_MODEL: MODEL, WHISPER_MODEL_SHA256: files.server.sha256 });
      files.server.behaviours.push(...Array.from({ length: 8 }, () => ({ status: 500 })));
      await expect(files.store.pull(MODEL, NEVER)).rejects.toMatchObject({
        code: 'model_download_failed',
        retryable: true,
      });
      expect(files.server.paths).toHaveLength(8);
    });

    it('whose names nobody knows a checksum of', async () => {
      for (const name of ['huge-v9', '..', 'a b', '']) {
        await expect(files.store.resolve(name, NEVER)).rejects.toMatchObject({
          code: 'model_unknown',
          userMessage: expect.stringContaining('WHISPER_MODEL_SHA256'),
        });
      }
      expect(files.server.paths).toEqual([]);
    });

    it('that are no file', async () => {
      await expect(files.store.resolve('/nowhere/ggml.bin', NEVER)).rejects.toMatchObject({
        code: 'model_not_found',
      });
    });

    it.each([
      ['garbled at its beginning', (bytes: Buffer) => bytes.fill(7, 0, 4)],
      ['garbled in its header', (bytes: Buffer) => bytes.fill(255, 40, 80_000)],
      ['cut off in its weights', (bytes: Buffer) => bytes.subarray(0, 9_000_000)],
      ['cut off in its header', (bytes: Buffer) => bytes.subarray(0, 30)],
      ['empty', () => Buffer.alloc(0)],
    ])('whose file is %s, before the engine sees them', async (_, spoil) => {
      mkdirSync(files.directory);
      const path = join(files.directory, 'spoilt.bin');
      writeFileSync(path, spoil(Buffer.from(files.server.file)));
      await expect(files.store.resolve(path, NEVER)).rejects.toMatchObject({ code: 'model_corrupt' });
    });

    it('whose file has changed since it was downloaded, until they are pulled again', async () => {
      await files.store.pull(MODEL, NEVER);
      const bytes = readFileSync(files.file);
      bytes.writeUInt8(bytes.readUInt8(9_000_000) ^ 1, 9_000_000);
      writeFileSync(files.file, bytes);
      await expect(files.store.resolve(MODEL, NEVER)).rejects.toMatchObject({ code: 'model_corrupt' });
      await files.store.pull(MODEL, NEVER);
      isWhole();
    });
  });
});
