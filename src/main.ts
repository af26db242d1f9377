import './cli/node-version';
import './cli/lean-start';
import { runProgram } from './cli/program';

// The service itself, for process managers that want one file to start; the same as `hark start`.
void runProgram([...process.argv.slice(0, 2), 'start', ...process.argv.slice(2)]).then((code) => {
  process.exitCode = code;
});
