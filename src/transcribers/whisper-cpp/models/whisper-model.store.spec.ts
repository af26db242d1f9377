import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ModelServer } from '../../../../test/support/model-server';
import { whisperSettings } from '../../../../test/support/whisper';
import { DEMO_PATH } from './bundled-model';
import { STOCK_MODELS } from './stock-models';
import { WhisperModelStore } from './whisper-model.store';

jest.setTimeout(60_000);

const NEVER = new AbortController().signal;
const MODEL = 'own-model';

describe('model files', () => {
  let server: ModelServer;
  let variables: Record<string, string>;
  let store: WhisperModelStore;
  let directory: string;
  let file: string;
  const made: string[] = [];

  beforeEach(async () => {
    server = await ModelServer.start();
    prepare({ WHISPER_MODEL: MODEL, WHISPER_MODEL_SHA256: server.sha256 });
  });
  afterEach(async () => {
    await server.stop();
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
  });

  function prepare(more: Record<string, string>): void {
    variables = { WHISPER_MODEL_BASE_URL: server.url, ...more };
    const settings = whisperSettings(variables);
    variables.DATA_DIR = settings.dataDir;
    made.push(settings.dataDir);
    store = new WhisperModelStore(settings);
    directory = join(settings.dataDir, 'models');
    file = join(directory, `ggml-${settings.whisper.model}.bin`);
  }

  const leftInFolder = () => (existsSync(directory) ? readdirSync(directory) : []);
  const isWhole = () => expect(readFileSync(file).equals(server.file)).toBe(true);
  const inAnotherProcess = (): ChildProcess =>
    fork(join(__dirname, '../../../../test/support/model-download.child.ts'), [], {
      execArgv: ['--require', join(__dirname, '../../../../test/support/typescript-hook.cjs')],
      env: { ...process.env, NODE_ENV: 'test', ...variables },
    });

  describe('are downloaded', () => {
    it('whole, with progress, and only once', async () => {
      const seen: number[] = [];
      const path = await store.resolve(MODEL, NEVER, ({ receivedBytes, totalBytes }) => {
        seen.push(receivedBytes);
        expect(totalBytes).toBe(server.file.length);
      });
      expect(path).toBe(file);
      expect(seen.at(-1)).toBe(server.file.length);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      isWhole();
      expect(leftInFolder()).toEqual([`ggml-${MODEL}.bin`]);
      await store.resolve(MODEL, NEVER);
      expect(server.paths).toEqual([`/ggml-${MODEL}.bin`]);
    });

    it('on from where a process that was killed with -9 had come', async () => {
      const half = Math.floor(server.file.length / 2);
      server.behaviours.push({ stallAfter: half });
      const child = inAnotherProcess();
      await new Promise<void>((resolve) =>
        child.on('message', ({ receivedBytes }: { receivedBytes: number }) => {
          if (receivedBytes === half) resolve();
        }),
      );
      child.kill('SIGKILL');
      await once(child, 'exit');
      await store.pull(MODEL, NEVER);
      isWhole();
      expect(server.ranges).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]\d+-$/)]);
      expect(leftInFolder()).toEqual([`ggml-${MODEL}.bin`]);
    });

    it('on after a connection that drops, again and again', async () => {
      server.behaviours.push({ dropAfter: 3_000_000 }, { dropAfter: 2_000_000 }, { status: 503 });
      await store.pull(MODEL, NEVER);
      isWhole();
      expect(server.ranges).toHaveLength(4);
      expect(server.ranges.slice(1).every((range) => range !== undefined)).toBe(true);
    });

    it('from the beginning where the file has changed meanwhile', async () => {
      server.behaviours.push({ dropAfter: 3_000_000 });
      const first = store.pull(MODEL, NEVER, () => (server.etag = '"two"'));
      await first;
      isWhole();
    });

    it('from the beginning by a server that knows no ranges', async () => {
      server.behaviours.push({ dropAfter: 3_000_000 }, { ranges: false });
      await store.pull(MODEL, NEVER);
      isWhole();
      expect(server.ranges).toHaveLength(2);
    });

    it('from the beginning when what is there is longer than the file', async () => {
      mkdirSync(directory);
      writeFileSync(`${file}.part`, Buffer.alloc(server.file.length + 10));
      writeFileSync(`${file}.part.etag`, server.etag);
      server.behaviours.push({ status: 416 });
      await store.pull(MODEL, NEVER);
      isWhole();
    });

    it('by way of another address', async () => {
      server.behaviours.push({ redirect: '/elsewhere/file?signed=1' });
      await store.pull(MODEL, NEVER);
      expect(server.paths).toEqual([`/ggml-${MODEL}.bin`, '/elsewhere/file?signed=1']);
    });

    it('once, when two processes ask at the same time', async () => {
      const children = [inAnotherProcess(), inAnotherProcess()];
      const codes = await Promise.all(
        children.map(async (child) => ((await once(child, 'exit')) as [number])[0]),
      );
      expect(codes).toEqual([0, 0]);
      isWhole();
      expect(server.paths).toHaveLength(1);
    });

    it('until told to stop; what has come is kept', async () => {
      server.behaviours.push({ stallAfter: 3_000_000 });
      const stop = new AbortController();
      const pulled = store.pull(MODEL, stop.signal, ({ receivedBytes }) => {
        if (receivedBytes === 3_000_000) stop.abort(new Error('enough'));
      });
      await expect(pulled).rejects.toThrow('enough');
      await store.pull(MODEL, NEVER);
      isWhole();
      expect(server.ranges[1]).toMatch(/^bytes=[1-9]\d+-$/);
    });
  });

  describe('are refused', () => {
    it('with a wrong byte', async () => {
      server.behaviours.push({ wrongByteAt: 5_000_000 });
      await expect(store.pull(MODEL, NEVER)).rejects.toMatchObject({
        code: 'model_corrupt',
        retryable: false,
        params: { expected: `SHA-256 ${server.sha256}`, actual: expect.stringMatching(/^[0-9a-f]{64}$/) },
      });
      expect(leftInFolder()).toEqual([]);
    });

    it('that are not there, in one sentence', async () => {
      server.behaviours.push({ status: 404 });
      const { host } = new URL(server.url);
      await expect(store.pull(MODEL, NEVER)).rejects.toMatchObject({
        code: 'model_not_found',
        userMessage: `There is no model ${MODEL} at ${host}.`,
      });
      expect(leftInFolder()).toEqual([]);
    });

    it('instead of which a page comes', async () => {
      prepare({ WHISPER_MODEL: 'tiny' });
      server.behaviours.push({ page: '<html>Please sign in</html>' });
      await expect(store.pull('tiny', NEVER)).rejects.toMatchObject({
        code: 'model_download_failed',
        userMessage: expect.stringContaining('expected 77691713 bytes, found 27'),
      });
      expect(leftInFolder()).toEqual([]);
    });

    it('for which there is no room', async () => {
      mkdirSync(directory);
      symlinkSync('/dev/full', `${file}.part`);
      await expect(store.pull(MODEL, NEVER)).rejects.toMatchObject({ code: 'storage_full' });
    });

    it('when the address leads round in circles', async () => {
      server.behaviours.push(...Array.from({ length: 6 }, () => ({ redirect: '/again' })));
      await expect(store.pull(MODEL, NEVER)).rejects.toMatchObject({ code: 'model_download_failed' });
    });

    it('whose server is not to be reached, after some tries', async () => {
      prepare({ WHISPER_MODEL: MODEL, WHISPER_MODEL_SHA256: server.sha256 });
      server.behaviours.push(...Array.from({ length: 8 }, () => ({ status: 500 })));
      await expect(store.pull(MODEL, NEVER)).rejects.toMatchObject({
        code: 'model_download_failed',
        retryable: true,
      });
      expect(server.paths).toHaveLength(8);
    });

    it('whose names nobody knows a checksum of', async () => {
      for (const name of ['huge-v9', '..', 'a b', '']) {
        await expect(store.resolve(name, NEVER)).rejects.toMatchObject({
          code: 'model_unknown',
          userMessage: expect.stringContaining('WHISPER_MODEL_SHA256'),
        });
      }
      expect(server.paths).toEqual([]);
    });

    it('that are no file', async () => {
      await expect(store.resolve('/nowhere/ggml.bin', NEVER)).rejects.toMatchObject({
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
      mkdirSync(directory);
      const path = join(directory, 'spoilt.bin');
      writeFileSync(path, spoil(Buffer.from(server.file)));
      await expect(store.resolve(path, NEVER)).rejects.toMatchObject({ code: 'model_corrupt' });
    });

    it('whose file has changed since it was downloaded, until they are pulled again', async () => {
      await store.pull(MODEL, NEVER);
      const bytes = readFileSync(file);
      bytes.writeUInt8(bytes.readUInt8(9_000_000) ^ 1, 9_000_000);
      writeFileSync(file, bytes);
      await expect(store.resolve(MODEL, NEVER)).rejects.toMatchObject({ code: 'model_corrupt' });
      await store.pull(MODEL, NEVER);
      isWhole();
    });
  });

  it('are listed with what is here', async () => {
    prepare({ WHISPER_MODEL: 'base-q8_0' });
    const models = await store.list();
    expect(models).toHaveLength(STOCK_MODELS.length + 1);
    expect(models[0]).toMatchObject({ name: 'demo', path: DEMO_PATH, bytes: 10_549_005 });
    expect(models[0]?.remark).toContain('150 words');
    const wanted = { name: 'base-q8_0', bytes: 81_768_585, inUse: true };
    expect(models).toContainEqual(wanted);
    mkdirSync(directory, { recursive: true });
    writeFileSync(`${file}.part`, 'half a model');
    expect(await store.list()).toContainEqual({ ...wanted, receivedBytes: 12 });
  });

  it('are verified one by one', async () => {
    await store.pull(MODEL, NEVER);
    const tiny = join(directory, 'ggml-tiny.bin');
    writeFileSync(tiny, server.file);
    const results = await store.verify();
    expect(results).toEqual([
      { name: 'demo', ok: true, detail: expect.stringContaining('SHA-256') },
      { name: 'tiny', ok: false, detail: expect.stringContaining('expected 77691713 bytes, found 10549005') },
      { name: MODEL, ok: true, detail: expect.stringContaining(server.sha256) },
    ]);
  });

  it('have one checksum and size each', () => {
    expect(STOCK_MODELS).toHaveLength(33);
    expect(new Set(STOCK_MODELS.map(({ name }) => name)).size).toBe(33);
    expect(new Set(STOCK_MODELS.map(({ sha256 }) => sha256)).size).toBe(33);
    for (const { sha256, bytes } of STOCK_MODELS) {
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(bytes).toBeGreaterThan(30_000_000);
    }
  });
});
