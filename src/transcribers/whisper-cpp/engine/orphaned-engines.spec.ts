import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isRunning, untilGone } from '../../../../test/support/processes';
import { serverBinary, whisperSettings } from '../../../../test/support/whisper';
import { DEMO_PATH } from '../models/bundled-model';
import { EngineRegister } from './engine-register';

jest.setTimeout(60_000);

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
