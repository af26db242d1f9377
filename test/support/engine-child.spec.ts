import { spawn } from 'node:child_process';
import { freePort } from './free-port';
import { untilLoaded } from './engine-child';
import { killed } from './processes';

const nowhere = async (): Promise<string> => `http://127.0.0.1:${await freePort()}`;

describe('waiting for an engine', () => {
  it('ends when it ends by itself', async () => {
    const child = spawn(process.execPath, ['--eval', 'process.exit(3)']);
    await expect(untilLoaded(child, await nowhere(), 5)).rejects.toThrow('ended with 3');
  });

  it('ends when somebody ends it, who then need not wait for it', async () => {
    const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1_000)']);
    const waiting = expect(untilLoaded(child, await nowhere(), 5)).rejects.toThrow('ended with SIGKILL');
    await killed(child);
    await waiting;
    await killed(child);
  });

  it('ends when there is none', async () => {
    const url = await nowhere();
    const child = spawn('/nowhere/whisper-server');
    await expect(untilLoaded(child, url, 5)).rejects.toThrow('ENOENT');
    await killed(child);
  });
});
