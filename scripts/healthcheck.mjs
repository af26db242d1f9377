// Whether the service of this container answers, for HEALTHCHECK in the Dockerfile. Where something it needs is away it
// still answers (jobs wait), and restarting it would not help: so it asks whether it lives, not whether all is well.
const { HOST = '', PORT = '3000' } = process.env;
const host = ['', '0.0.0.0', '::', '[::]'].includes(HOST)
  ? '127.0.0.1'
  : HOST.includes(':')
    ? `[${HOST}]`
    : HOST;
const PATIENCE_MS = 4_000;

const answer = await fetch(`http://${host}:${PORT}/health/live`, {
  signal: AbortSignal.timeout(PATIENCE_MS),
}).catch(({ cause, message }) => ({ ok: false, statusText: cause?.message ?? message }));
if (!answer.ok) console.error(`not alive: ${answer.statusText}`);
process.exitCode = answer.ok ? 0 : 1;
