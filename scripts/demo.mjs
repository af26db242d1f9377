// The whole service with the demonstration model: sends the sample notes through it and prints what was said.
//   npm run demo             stays, for you to look around
//   npm run demo -- --once   ends after the transcripts
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, openAsBlob, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { EventSourceParserStream } from 'eventsource-parser/stream';

import { provideEngine } from './engine.mjs';

const SAMPLES = 'test/support/audio';
const token = `hark_${randomBytes(16).toString('base64url')}`;
const port = await freePort(Number(process.env.PORT ?? 3000));
const base = `http://127.0.0.1:${port}`;

await provideEngine();
const { childEnvironment } = createRequire(import.meta.url)('../dist/settings/child-environment.js');
const folder = resolve('data/demo');
mkdirSync(folder, { recursive: true });
// Neither the settings in the environment nor those in .env are the demonstration's: they may name what is in real use.
const service = spawn('node', ['--max-semi-space-size=2', resolve('dist/main.js')], {
  stdio: ['ignore', 'pipe', 'inherit'],
  cwd: folder,
  env: {
    ...childEnvironment(),
    WHISPER_SERVER_BIN: process.env.WHISPER_SERVER_BIN,
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: folder,
    WHISPER_MODEL: 'demo',
    ADMIN_TOKEN: token,
    LOG_LEVEL: 'info',
    LOG_FORMAT: 'json',
  },
});
const ended = once(service, 'exit');
createInterface({ input: service.stdout }).on('line', relay);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => service.kill('SIGTERM'));

try {
  await listening();
  for (const sample of JSON.parse(readFileSync(join(SAMPLES, 'manifest.json'), 'utf8'))) await show(sample);
  console.log(`\nThe console: ${base}/  Admin token of this run: ${token}`);
  if (process.argv.includes('--once')) service.kill('SIGTERM');
  else
    console.log(
      'Ctrl-C ends it. The model of this demonstration knows about 150 words; the README tells how to go on.',
    );
} catch (error) {
  console.error(`The demonstration failed: ${error.message}`);
  service.kill('SIGTERM');
  process.exitCode = 1;
}
const [code] = await ended;
process.exitCode ||= code ?? 0;

/** Of the service's log what tells a newcomer why it takes so long, and what goes wrong. */
function relay(line) {
  const { level, msg = '' } = JSON.parse(line);
  if (['warn', 'error', 'fatal'].includes(level)) console.log(`  · ${msg}`);
}

async function listening() {
  while (service.exitCode === null) {
    const live = await fetch(`${base}/health/live`).catch(() => undefined);
    if (live?.ok) return;
    await pause(100);
  }
  throw new Error(`the service ended with code ${service.exitCode}`);
}

async function show({ file, language, text: expected }) {
  const form = new FormData();
  form.set('file', await openAsBlob(join(SAMPLES, file)), file);
  form.set('fresh', 'true');
  const begun = performance.now();
  const submitted = await call('/transcriptions', { method: 'POST', body: form });
  const { id } = await submitted.json();
  await finished(id);
  const { status, text, error } = await (await call(`/jobs/${id}`)).json();
  if (status !== 'done') throw new Error(`${file}: ${error?.message ?? status}`);
  const took = `${((performance.now() - begun) / 1000).toFixed(1)} s`;
  console.log(
    `${text === expected ? '✓' : '✗'} ${file.padEnd(11)} ${language}  ${took.padStart(6)}  ${text}`,
  );
}

async function finished(id) {
  const { body } = await call(`/jobs/${id}/events`);
  const events = body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  for await (const { event } of events) if (['done', 'failed', 'cancelled'].includes(event)) return;
}

async function call(path, options = {}) {
  const response = await fetch(`${base}/api/v1${path}`, {
    ...options,
    headers: { authorization: `Bearer ${token}` },
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response;
}

/** The wanted port, or any when somebody has it. */
async function freePort(wanted) {
  const server = createServer();
  const port = await new Promise((resolve) => {
    server.once('error', () => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
    server.listen(wanted, '127.0.0.1', () => resolve(wanted));
  });
  await new Promise((resolve) => server.close(resolve));
  return port;
}
