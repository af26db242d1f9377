// Runs jest; where HARK_TEST_RESULTS names a file, its results are written there as JSON.
import { spawnSync } from 'node:child_process';

const { HARK_TEST_RESULTS: results } = process.env;
const args = [...(results ? ['--json', `--outputFile=${results}`] : []), ...process.argv.slice(2)];
const { status } = spawnSync('jest', args, { stdio: ['ignore', results ? 'ignore' : 'inherit', 'inherit'] });
process.exitCode = status ?? 1;
