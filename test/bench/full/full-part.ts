import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { HarkProcess } from '../../support/hark-process';
import { StockSize } from '../../support/inflate-model';
import { BenchPart } from '../bench-part';
import { startBareEngine } from '../engine/bare-engine';
import { AskedQuestion, RecordingProxy } from '../engine/recording-proxy';
import { modelOf } from '../models';
import { ComposedNote, composeNote } from '../notes/composed-note';
import { askHark, startHark } from '../notes/hark-side';
import { sentenceClips } from '../notes/note-clips';
import { Figures, figuresOf, rangeText } from '../statistics';

const LENGTHS = [2, 5, 10];
const VARIETIES = 4;

interface FullResult {
  model: StockSize;
  /** That come in at once. */
  notes: number;
  questions: number;
  harkSeconds: Figures;
  engineSeconds: Figures;
  notesAMinute: Figures;
  /** hark's rate as a share of the bare engine's. */
  rate: Figures;
}

/** A queue full of notes, against the engine that gets the same questions, byte for byte, one after the other. */
export const fullPart: BenchPart<FullResult> = {
  keyOf: ({ model, notes }) => `${model} ${notes}`,
  rowOf: ({ model, notes, harkSeconds, engineSeconds, notesAMinute, rate }) => ({
    model,
    notes,
    'hark, s': rangeText(harkSeconds),
    'bare engine, s': rangeText(engineSeconds),
    'notes a minute': rangeText(notesAMinute),
    'of the engine’s rate': rangeText(rate),
  }),
  async run(options, told) {
    const model = options.models?.[0] ?? 'base';
    const folder = await mkdtemp(join(tmpdir(), 'hark-bench-'));
    await using engine = await startBareEngine(await modelOf(model));
    await using proxy = await RecordingProxy.start(engine.url);
    await using hark = await startHark('demo', { WHISPER_SERVER_URL: proxy.url });
    try {
      const files = await filesOf(options.queue, folder);
      let asked: AskedQuestion[] = [];
      const byHark = async (): Promise<number> => {
        proxy.forget();
        const seconds = await secondsOf(() => readAll(hark, files));
        asked = proxy.questions;
        return seconds;
      };
      // By the same way, for that is not the engine's time.
      const byEngine = (): Promise<number> => {
        proxy.forget();
        return secondsOf(() => askAll(proxy.url, asked));
      };
      await byHark();
      const pairs: { hark: number; engine: number }[] = [];
      for (let index = 0; index < options.pairs; index++) {
        const engineFirst = index % 2 === 0 ? await byEngine() : undefined;
        const one = await byHark();
        const pair = { hark: one, engine: engineFirst ?? (await byEngine()) };
        console.log(`pair ${index + 1}: hark ${pair.hark.toFixed(2)} s, engine ${pair.engine.toFixed(2)} s`);
        pairs.push(pair);
      }
      await told({
        ...{ model, notes: options.queue, questions: asked.length },
        harkSeconds: figuresOf(
          pairs.map((pair) => pair.hark),
          2,
        ),
        engineSeconds: figuresOf(
          pairs.map((pair) => pair.engine),
          2,
        ),
        notesAMinute: figuresOf(
          pairs.map((pair) => (60 * options.queue) / pair.hark),
          1,
        ),
        rate: figuresOf(
          pairs.map((pair) => pair.engine / pair.hark),
          3,
        ),
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function filesOf(count: number, folder: string): Promise<string[]> {
  const clips = sentenceClips();
  const notes: ComposedNote[] = [];
  for (const seconds of LENGTHS) {
    for (let number = 0; number < VARIETIES; number++)
      notes.push(await composeNote(clips, seconds, number, folder));
  }
  return Array.from({ length: count }, (_, index) => (notes[index % notes.length] as ComposedNote).ogg);
}

/** All at once. What the language is, is said: found out, it would depend on what was asked before. */
async function readAll(hark: HarkProcess, files: readonly string[]): Promise<void> {
  await Promise.all(files.map((file) => askHark(hark, file, { language: 'en' })));
}

async function askAll(url: string, questions: readonly AskedQuestion[]): Promise<void> {
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  for (const { type, body } of questions) {
    const headers = { 'content-type': type };
    const answer = await request(`${url}/inference`, { method: 'POST', body, headers, dispatcher: agent });
    await answer.body.dump();
  }
  await agent.destroy();
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}
