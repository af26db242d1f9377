// Runs jest on an engine that is built when there is none. Where HARK_TEST_RESULTS names a file, the results are
// written there, too, as JSON.
import { spawnSync } from 'node:child_process';
import { provideEngine } from './engine.mjs';

await provideEngine();
const { HARK_TEST_RESULTS: results, ...env } = process.env;
// What a failed test has left running must not keep the whole run from its end.
const args = [
  '--forceExit',
  ...(results ? ['--json', `--outputFile=${results}`] : []),
  ...process.argv.slice(2),
];
// With --json jest prints the results to stdout once more.
const { status } = spawnSync('jest', args, {
  env,
  stdio: ['ignore', results ? 'ignore' : 'inherit', 'inherit'],
});
process.exitCode = status ?? 1;
