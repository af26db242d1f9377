import { spawn } from 'node:child_process';
import { childEnvironment } from '../../../src/settings/child-environment';
import { physicalCores } from '../../../src/settings/physical-cores';
import { untilLoaded } from '../../support/engine-child';
import { freePort } from '../../support/free-port';
import { killed } from '../../support/processes';
import { serverBinary } from '../../support/whisper';

const LOOK_EVERY_MS = 5;

/** whisper.cpp's server by itself, as hark starts it: with as many threads, as patient ones, and no flash attention. */
export interface BareEngine extends AsyncDisposable {
  url: string;
  /** From its start until it says that its model is loaded. */
  loadMs: number;
}

/** @throws Error when it ends before it is ready */
export async function startBareEngine(model: string): Promise<BareEngine> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const begun = performance.now();
  const args = [
    '--model',
    model,
    '--threads',
    String(physicalCores()),
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--no-flash-attn',
  ];
  const env = { ...childEnvironment(), OMP_WAIT_POLICY: 'passive' };
  const child = spawn(serverBinary(), args, { stdio: 'ignore', cwd: '/', env });
  await untilLoaded(child, url, LOOK_EVERY_MS);
  return { url, loadMs: performance.now() - begun, [Symbol.asyncDispose]: () => killed(child) };
}
