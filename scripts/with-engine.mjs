// Runs a TypeScript program of the tests on an engine that is built when there is none:
//   node scripts/with-engine.mjs test/chaos/chaos.child.ts …
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { provideEngine } from './engine.mjs';

await provideEngine();
// absolute: decoders, which are started the same way, stand in another folder
const hook = ['--require', resolve('test/support/typescript-hook.cjs')];
const child = spawn(process.execPath, [...hook, ...process.argv.slice(2)], { stdio: 'inherit' });
// Ctrl-C reaches the program by itself, which then puts everything in order.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
const [code] = await once(child, 'exit');
process.exitCode = code ?? 1;
