import { fork, spawn } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { textOf } from '../../../core/transcript';
import { NOTES, samplesOf } from '../../../../test/support/notes';
import { commandLineOf, environmentOf, isRunning, untilGone } from '../../../../test/support/processes';
import { serverBinary, WhisperRig, whisperSettings } from '../../../../test/support/whisper';
import { DEMO_PATH } from '../models/bundled-model';
import { EngineLimits } from './engine-limits';
import { EngineRegister } from './engine-register';

jest.setTimeout(60_000);

const SHORT = NOTES[2]!;
/** Long enough that the engine is still at work on it when something happens. */
const LONG = new Int16Array(28 * 16_000).map((_, at) => 8_000 * Math.sin(at / 20) * Math.sin(at / 9_000));

/** Resolves when the next question has been sent whole, so that the engine has it. */
function questionSent(): Promise<void> {
  const channel = 'undici:request:bodySent';
  return new Promise((resolve) => {
    const heard = () => {
      unsubscribe(channel, heard);
      resolve();
    };
    subscribe(channel, heard);
  });
}

class TestLimits extends EngineLimits {
  override stopMs = 5_000;
  request?: number;
  most?: number;

  override requestMs(seconds: number): number {
    return this.request ?? super.requestMs(seconds);
  }

  override mostBytes(baseline: number): number {
    return this.most ?? super.mostBytes(baseline);
  }
}

describe('an engine of our own', () => {
  let limits: TestLimits;
  let rig: WhisperRig;

  beforeEach(() => {
    limits = new TestLimits();
    rig = new WhisperRig(whisperSettings({ WHISPER_SERVER_BIN: serverBinary() }), limits);
  });
  afterEach(() => rig.close());

  const hearsShort = async () => expect(textOf(await rig.hear(samplesOf(SHORT.file)))).toBe(SHORT.text);

  it('says what it is doing until it is ready', async () => {
    await expect(rig.transcriber.available()).resolves.toMatchObject({ state: 'loading' });
    await hearsShort();
    await expect(rig.transcriber.available()).resolves.toEqual({
      state: 'ready',
      detail: 'The model demo is loaded.',
    });
  });

  it('is told nothing of our secrets and to wait without spinning', async () => {
    process.env.HARK_SPEC_TOKEN = 'xoxb-nobody-may-read-this';
    await hearsShort();
    delete process.env.HARK_SPEC_TOKEN;
    const environment = environmentOf(rig.enginePid);
    expect(environment).not.toContain('nobody-may-read-this');
    expect(environment).toContain('OMP_WAIT_POLICY=passive');
  });

  it('answers on this machine only, and to nobody who does not know its path', async () => {
    await hearsShort();
    const args = commandLineOf(rig.enginePid);
    const after = (name: string) => args[args.indexOf(name) + 1];
    expect(after('--host')).toBe('127.0.0.1');
    for (const path of ['/load', '/inference']) {
      const { statusCode, body } = await request(`http://127.0.0.1:${after('--port')}${path}`, {
        method: 'POST',
      });
      await body.dump();
      expect(statusCode).toBe(404);
    }
  });

  it('stops when it is told to, and goes on with the next piece', async () => {
    await hearsShort();
    const before = rig.enginePid;
    const stop = new AbortController();
    const sent = questionSent();
    const stopped = rig.pool
      .engineFor()
      .use(28, stop.signal, (client, signal) =>
        client.ask({ samples: LONG, language: 'en', audioContext: 1_500 }, signal),
      );
    await sent;
    const begun = performance.now();
    stop.abort(new Error('enough'));
    await expect(stopped).rejects.toThrow('enough');
    expect(performance.now() - begun).toBeLessThan(limits.stopMs);
    expect(rig.enginePid).toBe(before);
    await hearsShort();
  });

  it('is killed when it does not stop in time', async () => {
    limits.stopMs = 1;
    await hearsShort();
    const before = rig.enginePid;
    const stop = new AbortController();
    const sent = questionSent();
    const stopped = rig.pool
      .engineFor()
      .use(28, stop.signal, (client, signal) =>
        client.ask({ samples: LONG, language: 'en', audioContext: 1_500 }, signal),
      );
    await sent;
    stop.abort(new Error('enough'));
    await expect(stopped).rejects.toThrow('enough');
    expect(isRunning(before)).toBe(false);
    await hearsShort();
    expect(rig.enginePid).not.toBe(before);
  });

  it('is started again when it dies in the middle of its work', async () => {
    await hearsShort();
    const before = rig.enginePid;
    const sent = questionSent();
    const heard = rig.hear(LONG, { language: 'en' });
    await sent;
    process.kill(before, 'SIGKILL');
    await expect(heard).rejects.toMatchObject({
      code: 'engine_crashed',
      retryable: true,
      cause: { message: expect.stringContaining('processing') },
    });
    await hearsShort();
    expect(rig.enginePid).not.toBe(before);
  });

  it('is started again when it dies between two pieces', async () => {
    await hearsShort();
    const before = rig.enginePid;
    process.kill(before, 'SIGKILL');
    await untilGone(before);
    await hearsShort();
    expect(rig.replaced).toEqual(['died']);
  });

  it('is killed when it hangs', async () => {
    await hearsShort();
    const before = rig.enginePid;
    limits.request = 300;
    const sent = questionSent();
    const heard = rig.hear(LONG, { language: 'en' });
    await sent;
    process.kill(before, 'SIGSTOP');
    await expect(heard).rejects.toMatchObject({ code: 'engine_timeout', retryable: true });
    expect(isRunning(before)).toBe(false);
    limits.request = undefined;
    await hearsShort();
    expect(rig.replaced).toEqual(['hung']);
  });

  it('is replaced between two pieces when it has grown', async () => {
    limits.most = 1;
    await hearsShort();
    await hearsShort();
    const before = rig.enginePid;
    limits.most = undefined;
    await hearsShort();
    expect(isRunning(before)).toBe(false);
    const now = rig.enginePid;
    await hearsShort();
    expect(rig.enginePid).toBe(now);
    expect(new Set(rig.replaced)).toEqual(new Set(['grown']));
  });

  it('works on one piece after the other, in the order of asking', async () => {
    const order: number[] = [];
    const asked = NOTES.slice(0, 4).map(async ({ file }, index) => {
      await rig.hear(samplesOf(file));
      order.push(index);
    });
    await Promise.all(asked);
    expect(order).toEqual([0, 1, 2, 3]);
  });

  it('lets go at once of whoever gives up while waiting', async () => {
    await hearsShort();
    const sent = questionSent();
    const first = rig.hear(LONG, { language: 'en' });
    await sent;
    const stop = new AbortController();
    const second = rig.hear(samplesOf(SHORT.file), {}, stop.signal);
    let firstIsDone = false;
    void first.finally(() => (firstIsDone = true));
    stop.abort(new Error('never mind'));
    await expect(second).rejects.toThrow('never mind');
    expect(firstIsDone).toBe(false);
    await first;
  });

  it('is gone when hark stops', async () => {
    await hearsShort();
    const pid = rig.enginePid;
    await rig.pool.onApplicationShutdown();
    expect(isRunning(pid)).toBe(false);
    await expect(rig.hear(samplesOf(SHORT.file))).rejects.toMatchObject({ code: 'service_unavailable' });
  });

  it('is gone when hark stops in the very moment in which it is ready', async () => {
    const stopping = Promise.withResolvers<void>();
    limits.mostBytes = () => {
      stopping.resolve(rig.pool.onApplicationShutdown());
      return Infinity;
    };
    rig.pool.engineFor().start();
    await stopping.promise;
  });

  it('says so when the program is not to be had', async () => {
    const bogus = new WhisperRig(whisperSettings({ WHISPER_SERVER_BIN: '/nowhere/whisper-server' }));
    await expect(bogus.hear(samplesOf(SHORT.file))).rejects.toMatchObject({
      code: 'engine_unavailable',
      retryable: false,
      userMessage: expect.stringContaining('WHISPER_SERVER_BIN'),
    });
    await expect(bogus.transcriber.available()).resolves.toMatchObject({ state: 'unavailable' });
    await bogus.close();
  });

  it('says so when the program is no engine', async () => {
    const other = new WhisperRig(whisperSettings({ WHISPER_SERVER_BIN: '/bin/false' }));
    await expect(other.hear(samplesOf(SHORT.file))).rejects.toMatchObject({
      code: 'engine_unavailable',
      retryable: true,
    });
    await other.close();
  });
});

describe('an engine whose hark is gone', () => {
  it('does not outlive a hark that is killed with -9', async () => {
    const support = join(__dirname, '../../../../test/support');
    const hark = fork(join(support, 'engine-process.child.ts'), [], {
      execArgv: ['--require', join(support, 'typescript-hook.cjs')],
    });
    const [{ pid, dataDir }] = (await once(hark, 'message')) as [{ pid: number; dataDir: string }];
    expect(isRunning(pid)).toBe(true);
    hark.kill('SIGKILL');
    await untilGone(pid);
    rmSync(dataDir, { recursive: true });
  });

  it('is ended at the next start when even its watcher was killed', async () => {
    const settings = whisperSettings();
    const mark = 'feedfacefeedfacefeedfacefeedface';
    const server = ['--model', DEMO_PATH, '--port', '0', '--request-path', `/${mark}`];
    const left = spawn(serverBinary(), server, { detached: true, stdio: 'ignore' });
    const gone = spawn('true');
    await once(gone, 'exit');
    const running = join(settings.dataDir, 'engine', 'running');
    mkdirSync(running, { recursive: true });
    const entry = { host: hostname(), hark: gone.pid, engine: left.pid, mark };
    writeFileSync(join(running, `${mark}.json`), JSON.stringify(entry));

    const ended = once(left, 'exit');
    expect(await new EngineRegister(settings).endOrphans()).toBe(1);
    await ended;
    expect(await new EngineRegister(settings).endOrphans()).toBe(0);
    rmSync(settings.dataDir, { recursive: true });
  });
});
