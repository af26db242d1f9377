import { join } from 'node:path';
import { physicalCores } from '../../../src/settings/physical-cores';
import { cpuMsOfFamily } from '../../support/cpu-clock';
import { Fleet } from '../../support/fleet';
import { HarkProcess } from '../../support/hark-process';
import { StockSize } from '../../support/inflate-model';
import { BenchOptions } from '../bench-options';
import { BenchPart, Told } from '../bench-part';
import { startBareEngine } from '../engine/bare-engine';
import { RecordingProxy } from '../engine/recording-proxy';
import { modelOf } from '../models';
import { askHark } from '../notes/hark-side';
import { Figures, figuresOf, rangeText } from '../statistics';

const AUDIO = join(__dirname, '../../support/audio');
const WARM_UP = 5;
const QUEUES = ['embedded', 'bull'] as const;

interface OwnResult {
  model: StockSize;
  queue: (typeof QUEUES)[number];
  /** How the note comes in and its text goes out. */
  by: 'REST' | 'Discord';
  /** From the event to the text, less the time in which the engine was asked. */
  ownMs: Figures;
  engineMs: Figures;
  totalMs: Figures;
  /** Processor time of hark and its decoders, which stays the same on a busy machine. */
  cpuMs: Figures;
}

/** What hark itself takes for a note: everything from the event to the text but the engine's answer. */
export const ownPart: BenchPart<OwnResult> = {
  keyOf: ({ model, queue, by }) => [model, queue, by].join(),
  rowOf: ({ model, queue, by, ownMs, engineMs, totalMs, cpuMs }) => ({
    model,
    queue,
    by,
    'own part, ms': rangeText(ownMs),
    '95 of 100 within, ms': ownMs.p95 ?? '—',
    'engine, ms': rangeText(engineMs),
    'event to text, ms': rangeText(totalMs),
    'processor, ms': rangeText(cpuMs),
    notes: ownMs.count,
  }),
  async run(options, told) {
    const model = options.models?.[0] ?? 'base';
    await using engine = await startBareEngine(await modelOf(model));
    await using proxy = await RecordingProxy.start(engine.url);
    for (const queue of QUEUES) await measureQueue({ model, queue }, proxy, options, told);
  },
};

async function measureQueue(
  { model, queue }: Pick<OwnResult, 'model' | 'queue'>,
  proxy: RecordingProxy,
  { notes }: BenchOptions,
  told: Told<OwnResult>,
): Promise<void> {
  await using fleet = await Fleet.gather({ redis: queue === 'bull' ? 'up' : 'none' });
  const hark = await fleet.start('api,bot,worker', {
    WHISPER_SERVER_URL: proxy.url,
    WHISPER_THREADS: String(physicalCores()),
  });
  await fleet.discord.waitForLogin();
  const times: Record<OwnResult['by'], Time[]> = { REST: [], Discord: [] };
  for (let index = 0; index < WARM_UP + notes; index++) {
    const spoken = await timed(hark, proxy, async () => {
      const { message, note } = fleet.speak();
      await fleet.answered([{ message, note }]);
      return note.file;
    });
    const sent = await timed(hark, proxy, async () => {
      await askHark(hark, join(AUDIO, spoken.result));
    });
    if (index < WARM_UP) continue;
    times.Discord.push(spoken);
    times.REST.push(sent);
  }
  for (const by of ['REST', 'Discord'] as const) {
    await told({ model, queue, by, ...figuresOfTimes(times[by]) });
  }
}

interface Time {
  totalMs: number;
  engineMs: number;
  cpuMs: number;
}

async function timed<T>(
  hark: HarkProcess,
  proxy: RecordingProxy,
  work: () => Promise<T>,
): Promise<Time & { result: T }> {
  proxy.forget();
  const cpu = cpuMsOfFamily(hark.pid);
  const from = performance.now();
  const result = await work();
  const to = performance.now();
  return {
    result,
    totalMs: to - from,
    engineMs: proxy.busyMs(from, to),
    cpuMs: cpuMsOfFamily(hark.pid) - cpu,
  };
}

function figuresOfTimes(times: readonly Time[]): Omit<OwnResult, 'model' | 'queue' | 'by'> {
  return {
    ownMs: figuresOf(
      times.map(({ totalMs, engineMs }) => totalMs - engineMs),
      1,
    ),
    engineMs: figuresOf(times.map(({ engineMs }) => engineMs)),
    totalMs: figuresOf(times.map(({ totalMs }) => totalMs)),
    cpuMs: figuresOf(times.map(({ cpuMs }) => cpuMs)),
  };
}
