import { request } from 'undici';
import { NOTES, samplesOf } from '../../../../test/support/notes';
import { LONG, SHORT, ownEngine, questionSent } from '../../../../test/support/own-engine';
import { commandLineOf, environmentOf, isRunning } from '../../../../test/support/processes';
import { WhisperRig, whisperSettings } from '../../../../test/support/whisper';

jest.setTimeout(60_000);

describe('an engine of our own', () => {
  const own = ownEngine();
  const { hearsShort } = own;

  it('says what it is doing until it is ready', async () => {
    await expect(own.rig.transcriber.available()).resolves.toMatchObject({ state: 'loading' });
    await hearsShort();
    await expect(own.rig.transcriber.available()).resolves.toEqual({
      state: 'ready',
      detail: 'The model demo is loaded.',
    });
  });

  it('is told nothing of our secrets and to wait without spinning', async () => {
    process.env.HARK_SPEC_TOKEN = 'xoxb-nobody-may-read-this';
    await hearsShort();
    delete process.env.HARK_SPEC_TOKEN;
    const environment = environmentOf(own.rig.enginePid);
    expect(environment).not.toContain('nobody-may-read-this');
    expect(environment).toContain('OMP_WAIT_POLICY=passive');
  });

  it('answers on this machine only, and to nobody who does not know its path', async () => {
    await hearsShort();
    const args = commandLineOf(own.rig.enginePid);
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
    const before = own.rig.enginePid;
    expect(await own.interrupted()).toBeLessThan(own.limits.stopMs);
    expect(own.rig.enginePid).toBe(before);
    await hearsShort();
  });

  it('works on one piece after the other, in the order of asking', async () => {
    const order: number[] = [];
    const asked = NOTES.slice(0, 4).map(async ({ file }, index) => {
      await own.rig.hear(samplesOf(file));
      order.push(index);
    });
    await Promise.all(asked);
    expect(order).toEqual([0, 1, 2, 3]);
  });

  it('lets go at once of whoever gives up while waiting', async () => {
    await hearsShort();
    const sent = questionSent();
    const first = own.rig.hear(LONG, { language: 'en' });
    await sent;
    const stop = new AbortController();
    const second = own.rig.hear(samplesOf(SHORT.file), {}, stop.signal);
    let firstIsDone = false;
    void first.finally(() => (firstIsDone = true));
    stop.abort(new Error('never mind'));
    await expect(second).rejects.toThrow('never mind');
    expect(firstIsDone).toBe(false);
    await first;
  });

  it('is gone when hark stops', async () => {
    await hearsShort();
    const pid = own.rig.enginePid;
    await own.rig.pool.onApplicationShutdown();
    expect(isRunning(pid)).toBe(false);
    await expect(own.rig.hear(samplesOf(SHORT.file))).rejects.toMatchObject({ code: 'service_unavailable' });
  });

  it('is gone when hark stops in the very moment in which it is ready', async () => {
    const stopping = Promise.withResolvers<void>();
    own.limits.mostBytes = () => {
      stopping.resolve(own.rig.pool.onApplicationShutdown());
      return Infinity;
    };
    own.rig.pool.engineFor().start();
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
