import { parseArgs } from 'node:util';
import { ChaosOptions } from './chaos-options';
import { keepReport, openChaos } from './chaos';
import { reportText } from './chaos-report';
import { ChaosProgress } from './chaos-run';

const USAGE = `npm run chaos -- [options]
  --seed <n>               which parts are struck when (1)
  --jobs <n>               notes (500)
  --kills <n>              processes killed with SIGKILL, in all (50)
  --redis-restarts <n>     (5)
  --redis-flushes <n>      (1)
  --database-restarts <n>  of PostgreSQL (2)
  --queue bull|embedded    (bull)
  --database sqlite|postgresql  (sqlite)
  --workers <n>, --bots <n>     processes of these roles, with bull (3, 1)
  --patience <seconds>     without any progress until the run is given up (240)
  --keep                   logs and data of a good run, too`;

const COUNTS = {
  seed: 'seed',
  jobs: 'jobs',
  kills: 'kills',
  'redis-restarts': 'redisRestarts',
  'redis-flushes': 'redisFlushes',
  'database-restarts': 'databaseRestarts',
  workers: 'workers',
  bots: 'bots',
} as const;
const TELL_EVERY_MS = 10_000;
const EX_USAGE = 2;

class UsageError extends Error {}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      ...(Object.fromEntries(Object.keys(COUNTS).map((name) => [name, text])) as Record<
        keyof typeof COUNTS,
        typeof text
      >),
      queue: text,
      database: text,
      patience: text,
      keep: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(USAGE);
  const asked: Partial<ChaosOptions> = {};
  for (const [name, option] of Object.entries(COUNTS)) {
    const value = values[name as keyof typeof COUNTS];
    if (value !== undefined) asked[option] = wholeNumber(name, value);
  }
  if (values.queue !== undefined) asked.queue = oneOf('queue', values.queue, ['bull', 'embedded']);
  if (values.database !== undefined)
    asked.database = oneOf('database', values.database, ['sqlite', 'postgresql']);
  if (values.patience !== undefined) asked.patienceMs = wholeNumber('patience', values.patience) * 1000;
  await run(asked, values.keep ?? false);
}

async function run(asked: Partial<ChaosOptions>, keep: boolean): Promise<void> {
  const chaos = await openChaos(asked, progressLine());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void chaos.clear(true).finally(() => process.exit(130)));
  }
  let good = false;
  try {
    const report = await chaos.report();
    good = report.anomalies.length === 0;
    console.log(`\n${reportText(report)}`);
    if (keep || !good) await keepReport(chaos, report);
  } finally {
    await chaos.clear(keep || !good);
    if (keep || !good) console.log(`Logs and data: ${chaos.folder}`);
    process.exitCode = good ? 0 : 1;
  }
}

/** Over and over on the same line of a terminal, now and then elsewhere. */
function progressLine(): (progress: ChaosProgress) => void {
  let told = 0;
  const begun = performance.now();
  return ({ accepted, ended, strikes, planned }) => {
    const now = performance.now();
    if (!process.stdout.isTTY && now - told < TELL_EVERY_MS) return;
    told = now;
    const seconds = Math.round((now - begun) / 1000);
    const line = `${seconds} s: ${accepted} notes accepted, ${ended} ended, ${strikes} of ${planned} strikes`;
    process.stdout.write(process.stdout.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
  };
}

function wholeNumber(name: string, value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new UsageError(`--${name} must be a whole number`);
}

function oneOf<const T extends string>(name: string, value: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw new UsageError(`--${name} must be one of ${choices.join(', ')}`);
  return found;
}

function isUsage(error: unknown): error is Error {
  const { code } = error as NodeJS.ErrnoException;
  return error instanceof UsageError || code?.startsWith('ERR_PARSE_ARGS') === true;
}

main().catch((error: unknown) => {
  console.error(isUsage(error) ? `${error.message}\n${USAGE}` : error);
  process.exitCode = isUsage(error) ? EX_USAGE : 1;
});
