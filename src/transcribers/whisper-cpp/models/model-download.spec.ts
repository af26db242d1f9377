import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { MODEL, NEVER, modelFiles } from '../../../../test/support/model-files';

jest.setTimeout(60_000);

describe('model files', () => {
  const files = modelFiles();
  const { leftInFolder, isWhole, inAnotherProcess } = files;

  describe('are downloaded', () => {
    it('whole, with progress, and only once', async () => {
      const seen: number[] = [];
      const path = await files.store.resolve(MODEL, NEVER, ({ receivedBytes, totalBytes }) => {
        seen.push(receivedBytes);
        expect(totalBytes).toBe(files.server.file.length);
      });
      expect(path).toBe(files.file);
      expect(seen.at(-1)).toBe(files.server.file.length);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      isWhole();
      expect(leftInFolder()).toEqual([`ggml-${MODEL}.bin`]);
      await files.store.resolve(MODEL, NEVER);
      expect(files.server.paths).toEqual([`/ggml-${MODEL}.bin`]);
    });

    it('on from where a process that was killed with -9 had come', async () => {
      const half = Math.floor(files.server.file.length / 2);
      files.server.behaviours.push({ stallAfter: half });
      const child = inAnotherProcess();
      await new Promise<void>((resolve) =>
        child.on('message', ({ receivedBytes }: { receivedBytes: number }) => {
          if (receivedBytes === half) resolve();
        }),
      );
      child.kill('SIGKILL');
      await once(child, 'exit');
      await files.store.pull(MODEL, NEVER);
      isWhole();
      expect(files.server.ranges).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]\d+-$/)]);
      expect(leftInFolder()).toEqual([`ggml-${MODEL}.bin`]);
    });

    it('on after a connection that drops, again and again', async () => {
      files.server.behaviours.push({ dropAfter: 3_000_000 }, { dropAfter: 2_000_000 }, { status: 503 });
      await files.store.pull(MODEL, NEVER);
      isWhole();
      expect(files.server.ranges).toHaveLength(4);
      expect(files.server.ranges.slice(1).every((range) => range !== undefined)).toBe(true);
    });

    it('from the beginning where the file has changed meanwhile', async () => {
      files.server.behaviours.push({ dropAfter: 3_000_000 });
      const first = files.store.pull(MODEL, NEVER, () => (files.server.etag = '"two"'));
      await first;
      isWhole();
    });

    it('from the beginning by a server that knows no ranges', async () => {
      files.server.behaviours.push({ dropAfter: 3_000_000 }, { ranges: false });
      await files.store.pull(MODEL, NEVER);
      isWhole();
      expect(files.server.ranges).toHaveLength(2);
    });

    it('from the beginning when what is there is longer than the file', async () => {
      mkdirSync(files.directory);
      writeFileSync(`${files.file}.part`, Buffer.alloc(files.server.file.length + 10));
      writeFileSync(`${files.file}.part.etag`, files.server.etag);
      files.server.behaviours.push({ status: 416 });
      await files.store.pull(MODEL, NEVER);
      isWhole();
    });

    it('by way of another address', async () => {
      files.server.behaviours.push({ redirect: '/elsewhere/file?signed=1' });
      await files.store.pull(MODEL, NEVER);
      expect(files.server.paths).toEqual([`/ggml-${MODEL}.bin`, '/elsewhere/file?signed=1']);
    });

    it('once, when two processes ask at the same time', async () => {
      const children = [inAnotherProcess(), inAnotherProcess()];
      const codes = await Promise.all(
        children.map(async (child) => ((await once(child, 'exit')) as [number])[0]),
      );
      expect(codes).toEqual([0, 0]);
      isWhole();
      expect(files.server.paths).toHaveLength(1);
    });

    it('until told to stop; what has come is kept', async () => {
      files.server.behaviours.push({ stallAfter: 3_000_000 });
      const stop = new AbortController();
      const pulled = files.store.pull(MODEL, stop.signal, ({ receivedBytes }) => {
        if (receivedBytes === 3_000_000) stop.abort(new Error('enough'));
      });
      await expect(pulled).rejects.toThrow('enough');
      await files.store.pull(MODEL, NEVER);
      isWhole();
      expect(files.server.ranges[1]).toMatch(/^bytes=[1-9]\d+-$/);
    });
  });
});
