import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { HarkProcess } from '../../support/hark-process';
import { StockSize } from '../../support/inflate-model';
import { BenchPart } from '../bench-part';
import { startBareEngine } from '../engine/bare-engine';
import { modelOf } from '../models';
import { Figures, figuresOf, rangeText } from '../statistics';

/** Often enough to tell, and seldom enough not to keep hark from what it is waited for. */
const LOOK_EVERY_MS = 20;

interface StartResult {
  model: StockSize;
  /** From its start until hark listens. */
  listeningMs: Figures;
  /** From its start until every part is ready, the engine and its first piece of work too. */
  readyMs: Figures;
  /** Of the engine by itself. */
  loadMs: Figures;
  /** What hark takes beyond that, pair by pair. */
  beyondMs: Figures;
}

/** How long hark takes to be ready, and the engine alone with the same model, in pairs. */
export const startPart: BenchPart<StartResult> = {
  keyOf: ({ model }) => model,
  rowOf: ({ model, listeningMs, readyMs, loadMs, beyondMs }) => ({
    model,
    'listens, ms': rangeText(listeningMs),
    'ready, ms': rangeText(readyMs),
    'engine alone, ms': rangeText(loadMs),
    'beyond it, ms': rangeText(beyondMs),
  }),
  async run(options, told) {
    for (const size of options.models ?? ['base']) {
      const model = await modelOf(size);
      const dataDir = await mkdtemp(join(tmpdir(), 'hark-bench-'));
      const pairs: { listening: number; ready: number; load: number }[] = [];
      try {
        // The first time the tables are made and files come from the disk.
        for (let index = -1; index < options.pairs; index++) {
          const load = index % 2 === 0 ? await loadTime(model) : undefined;
          const hark = await startTime(model, dataDir);
          const pair = { ...hark, load: load ?? (await loadTime(model)) };
          if (index >= 0) pairs.push(pair);
        }
      } finally {
        await rm(dataDir, { recursive: true, force: true });
      }
      await told({
        model: size,
        listeningMs: figuresOf(pairs.map(({ listening }) => listening)),
        readyMs: figuresOf(pairs.map(({ ready }) => ready)),
        loadMs: figuresOf(pairs.map(({ load }) => load)),
        beyondMs: figuresOf(pairs.map(({ ready, load }) => ready - load)),
      });
    }
  },
};

async function startTime(model: string, dataDir: string): Promise<{ listening: number; ready: number }> {
  const hark = new HarkProcess(dataDir, { WHISPER_MODEL: model });
  const begun = performance.now();
  try {
    await hark.start();
    const listening = performance.now() - begun;
    while (!(await isReady(hark))) await pause(LOOK_EVERY_MS);
    return { listening, ready: performance.now() - begun };
  } finally {
    await hark.end();
  }
}

/** Green in every part: an engine that is still loading is a warning. */
async function isReady(hark: HarkProcess): Promise<boolean> {
  const page = await hark.call('/health/ready');
  const { details } = (await page.json()) as { details: Record<string, { state?: string }> };
  return page.ok && details.engine?.state === 'ok';
}

async function loadTime(model: string): Promise<number> {
  await using engine = await startBareEngine(model);
  return engine.loadMs;
}
