import { parseArgs } from 'node:util';
import { fuzz } from './fuzz-run';

const USAGE = `npm run fuzz -- [options]
  --seed <n>      what is made of which file (1)
  --count <n>     inputs (5000)
  --first <n>     number of the first one: with --count 1 a single input again (0)
  --http <share>  of the inputs that is uploaded to the API, 0 to 1 (0.1)
  --parallel <n>  inputs at the same time (2)`;

const EX_USAGE = 2;
const TELL_EVERY = 250;

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { seed: text, count: text, first: text, http: text, parallel: text },
  });
  const number = (given: string | undefined, usual: number): number => {
    const value = Number(given ?? usual);
    if (!(value >= 0)) throw new TypeError(`not a number: ${given}`);
    return value;
  };
  const options = {
    seed: number(values.seed, 1),
    count: number(values.count, 5_000),
    first: number(values.first, 0),
    http: number(values.http, 0.1),
    parallel: number(values.parallel, 2),
  };
  const report = await fuzz(options, (done) => {
    if (done % TELL_EVERY === 0) process.stderr.write(`${done} of ${options.count}\n`);
  });
  console.log(report.text);
  process.exitCode = report.failures.length === 0 ? 0 : 1;
}

main().catch((error: Error & { code?: string }) => {
  const usage = error instanceof TypeError;
  process.stderr.write(usage ? `${error.message}\n${USAGE}\n` : `${error.stack}\n`);
  process.exit(usage ? EX_USAGE : 1);
});
