import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ALLOCATOR } from '../../../src/settings/process-memory';
import { killed } from '../../support/processes';
import { harkEnvironment } from '../../support/hark-environment';
import { StockSize } from '../../support/inflate-model';
import { BenchOptions } from '../bench-options';
import { BenchPart, Told } from '../bench-part';
import { startQuickEngine } from '../engine/quick-engine';
import { modelOf } from '../models';
import { startHark } from '../notes/hark-side';
import { Figures, rangeText } from '../statistics';
import { residentDuring, settled } from './resident';
import { TwoChats } from './two-chats';

interface MemoryResult {
  what: string;
  /** That the engine has; none where a real one is not asked. */
  model?: StockSize;
  /** Of the Node process: decoders and the engine are processes of their own. */
  residentMiB: Figures;
  /** Since the first of these measurements, in percent. */
  growth?: number;
}

/** In each chat at once, under load. */
const LOAD = 20;
/** Of the way there caches fill and code is compiled: that is no growth. */
const FIRST_JOBS = 200;
const IN_A_ROW = 10;
const SAID = 'Please call Thomas on Friday.';
/** As the server of 1.9.1 answers, with what hark asks for. */
const ANSWER = JSON.stringify({
  task: 'transcribe',
  language: 'english',
  duration: 3,
  text: ` ${SAID}`,
  segments: [
    {
      ...{ id: 0, text: ` ${SAID}`, start: 0, end: 2.6, tokens: [1, 2, 3], avg_logprob: -0.1 },
      words: SAID.split(' ').map((word, at) => ({
        word: ` ${word}`,
        start: at / 2,
        end: at / 2 + 0.4,
        probability: 0.95,
      })),
    },
  ],
});

/** What is resident of hark's own process, and of the frameworks it stands on by themselves. */
export const memoryPart: BenchPart<MemoryResult> = {
  keyOf: ({ what, model }) => [what, model].join(),
  rowOf: ({ what, model, residentMiB, growth }) => ({
    what,
    ...(model && { model }),
    'resident, MiB': rangeText(residentMiB),
    ...(growth !== undefined && { growth: `${growth} %` }),
  }),
  async run(options, told) {
    await measureFrameworks(options, told);
    const model = options.models?.[0] ?? 'base';
    await measureAlone(model, options, told);
    await measureWithChats(model, options, told);
    await measureGrowth(options, told);
  },
};

/** On the same terms as hark: as it begins, and with what it has of its start given back (`frameworks.cjs`). */
async function measureFrameworks({ idleSeconds }: BenchOptions, told: Told<MemoryResult>): Promise<void> {
  const child = fork(join(__dirname, 'frameworks.cjs'), {
    execArgv: ['--max-semi-space-size=2'],
    env: { ...harkEnvironment(), ...ALLOCATOR, NODE_ENV: 'production' },
  });
  try {
    await Promise.race([once(child, 'message'), endOf(child)]);
    await told({
      what: 'the frameworks by themselves',
      residentMiB: await settled(child.pid ?? 0, idleSeconds),
    });
  } finally {
    await killed(child);
  }
}

async function endOf(child: ChildProcess): Promise<never> {
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  throw new Error(`The frameworks ended with ${signal ?? code}`);
}

async function measureAlone(
  model: StockSize,
  { idleSeconds }: BenchOptions,
  told: Told<MemoryResult>,
): Promise<void> {
  await using hark = await startHark(await modelOf(model));
  await told({ what: 'idle, no chat', model, residentMiB: await settled(hark.pid, idleSeconds) });
}

async function measureWithChats(
  model: StockSize,
  { idleSeconds }: BenchOptions,
  told: Told<MemoryResult>,
): Promise<void> {
  await using chats = await TwoChats.open();
  const hark = await chats.listen({ WHISPER_MODEL: await modelOf(model) });
  await told({ what: 'idle, Discord and Slack', model, residentMiB: await settled(hark.pid, idleSeconds) });
  const busy = await residentDuring(hark.pid, chats.speak(LOAD));
  await told({ what: `${2 * LOAD} notes at once in Discord and Slack`, model, residentMiB: busy });
}

/** With an engine that answers at once, for it is hark's own memory that may grow. */
async function measureGrowth(options: BenchOptions, told: Told<MemoryResult>): Promise<void> {
  await using engine = await startQuickEngine(ANSWER);
  await using chats = await TwoChats.open();
  const hark = await chats.listen({ WHISPER_SERVER_URL: engine.url });
  let done = 0;
  let first: Figures | undefined;
  for (const jobs of [Math.min(FIRST_JOBS, options.jobs), options.jobs]) {
    for (; done < jobs; done += 2 * IN_A_ROW) await chats.speak(IN_A_ROW, SAID);
    const residentMiB = await settled(hark.pid, options.idleSeconds);
    first ??= residentMiB;
    const growth = Number((100 * (residentMiB.median / first.median - 1)).toFixed(1));
    await told({ what: `settled after ${done} notes`, residentMiB, growth });
  }
}
