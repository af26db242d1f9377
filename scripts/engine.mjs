// The engine for the demonstration and the tests: the one that is named or installed, else built where the service
// itself would build it, so that it is built only once.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const require = createRequire(import.meta.url);

/** Sees to it that WHISPER_SERVER_BIN names an engine. A server elsewhere is of no use: it has a model of its own. */
export async function provideEngine() {
  const named = process.env.WHISPER_SERVER_BIN && resolve(process.env.WHISPER_SERVER_BIN);
  const installed = spawnSync('which', ['whisper-server'], { encoding: 'utf8' }).stdout.trim();
  process.env.WHISPER_SERVER_BIN = named || installed || (await build());
}

async function build() {
  const { buildEngine } = require('../dist/transcribers/whisper-cpp/engine/engine-builder.js');
  let told = -1;
  const onProgress = (share) => {
    const tenths = Math.floor(share * 10);
    if (tenths <= told) return;
    told = tenths;
    process.stderr.write(`Building whisper.cpp, once: ${tenths * 10} %\n`);
  };
  return buildEngine({ targetDir: resolve('data/engine'), onProgress });
}
