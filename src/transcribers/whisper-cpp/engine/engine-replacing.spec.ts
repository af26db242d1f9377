import { LONG, ownEngine, questionSent } from '../../../../test/support/own-engine';
import { isRunning, untilGone } from '../../../../test/support/processes';

jest.setTimeout(60_000);

describe('an engine of our own', () => {
  const own = ownEngine();
  const { hearsShort } = own;

  it('is killed when it does not stop in time', async () => {
    own.limits.stopMs = 1;
    await hearsShort();
    const before = own.rig.enginePid;
    await own.interrupted();
    expect(isRunning(before)).toBe(false);
    await hearsShort();
    expect(own.rig.enginePid).not.toBe(before);
  });

  it('is started again when it dies in the middle of its work', async () => {
    await hearsShort();
    const before = own.rig.enginePid;
    const sent = questionSent();
    const heard = own.rig.hear(LONG, { language: 'en' });
    await sent;
    process.kill(before, 'SIGKILL');
    await expect(heard).rejects.toMatchObject({
      code: 'engine_crashed',
      retryable: true,
      cause: { message: expect.stringContaining('processing') },
    });
    await hearsShort();
    expect(own.rig.enginePid).not.toBe(before);
  });

  it('is started again when it dies between two pieces', async () => {
    await hearsShort();
    const before = own.rig.enginePid;
    process.kill(before, 'SIGKILL');
    await untilGone(before);
    await hearsShort();
    expect(own.rig.replaced).toEqual(['died']);
  });

  it('is killed when it hangs', async () => {
    await hearsShort();
    const before = own.rig.enginePid;
    own.limits.request = 300;
    const sent = questionSent();
    const heard = own.rig.hear(LONG, { language: 'en' });
    await sent;
    process.kill(before, 'SIGSTOP');
    await expect(heard).rejects.toMatchObject({ code: 'engine_timeout', retryable: true });
    expect(isRunning(before)).toBe(false);
    own.limits.request = undefined;
    await hearsShort();
    expect(own.rig.replaced).toEqual(['hung']);
  });

  it('is replaced between two pieces when it has grown', async () => {
    own.limits.most = 1;
    await hearsShort();
    await hearsShort();
    const before = own.rig.enginePid;
    own.limits.most = undefined;
    await hearsShort();
    expect(isRunning(before)).toBe(false);
    const now = own.rig.enginePid;
    await hearsShort();
    expect(own.rig.enginePid).toBe(now);
    expect(new Set(own.rig.replaced)).toEqual(new Set(['grown']));
  });
});
