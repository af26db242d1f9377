// Measures how far hark scales with nothing to hear, and draws what was measured (docs/scaling.md):
//   npm run simulate -- [--part load|queued] [--seconds 10] [--workers 1,10,100] [--jobs 100000] [--rounds 40]
//     [--seed 1] [--out folder]
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { out: { type: 'string', default: 'docs/scaling' } },
  strict: false,
});
const hook = ['--require', './test/support/typescript-hook.cjs'];
const program = 'test/simulation/simulate.child.ts';
const run = (...args) => spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;

process.exitCode =
  run(...hook, program, ...process.argv.slice(2)) || run('scripts/scaling-plots.mjs', values.out);
