import { DEMO_PATH } from '../../../src/transcribers/whisper-cpp/models/bundled-model';
import { StockSize } from '../../support/inflate-model';
import { withoutSilentEnd } from '../../../src/transcribers/whisper-cpp/listening/audio-context';
import { BenchPart } from '../bench-part';
import { modelOf } from '../models';
import { busyCore } from '../notes/busy-core';
import { Figures, figuresOf, rangeText } from '../statistics';
import { SpokenNote, spokenNotes } from '../words/spoken-notes';
import { WordCount, wordCount } from '../words/word-count';
import { Costing, TrialEngine } from './trial-engine';
import { toldLanguage, Trial, TRIALS, Way } from './trials';

/** What one setting costs and gains. */
export interface SettingResult {
  model: StockSize;
  setting: string;
  before: string;
  after: string;
  draftOnly: boolean;
  /** The time with it as a share of that without, note by note. */
  ratio: Figures;
  /** The same of the engine's processor time. */
  cpuRatio: Figures;
  /** Of the decoder alone, without what hark does when it doubts an answer. */
  words: { before: WordCount; after: WordCount };
  notes: number;
}

const SEED = 1;
/** Most notes that people send have such a length. */
const [SHORTEST, LONGEST] = [3, 6];

/**
 * Each setting by itself: the time on a model of full size, in pairs that take turns, and the words on the demonstration
 * model as it is, which says the same in a fraction of the time.
 */
export const settingsPart: BenchPart<SettingResult> = {
  keyOf: ({ model, setting }) => [model, setting].join(),
  rowOf: ({ model, setting, before, after, ratio, cpuRatio, words }) => ({
    model,
    setting: `${setting}: ${before} → ${after}`,
    time: rangeText(ratio),
    'CPU time': rangeText(cpuRatio),
    'word errors': `${words.before.errorRate} → ${words.after.errorRate} %`,
  }),
  async run({ models: [size = 'base'] = [], pairs, spoken }, told) {
    const notes = spokenNotes(spoken, SEED);
    const timed = notes
      .filter(({ samples }) => samples.length >= SHORTEST * 16_000 && samples.length <= LONGEST * 16_000)
      .slice(0, pairs);
    for (const trial of TRIALS) {
      const { before, after } = trial.ways;
      const models = { before: await modelOf(size, before.engine.precision), after: await modelOf(size) };
      const costs = await costsOf(trial, models, timed);
      const share = (of: (costing: Costing) => number): Figures =>
        figuresOf(
          costs.map(([without, with_]) => of(with_) / of(without)),
          3,
        );
      await told({
        ...{ model: size, setting: trial.setting, before: trial.before, after: trial.after },
        draftOnly: trial.draftOnly ?? false,
        ratio: share(({ milliseconds }) => milliseconds),
        cpuRatio: share(({ cpuMs }) => cpuMs),
        words: { before: await wordsOf(before, notes), after: await wordsOf(after, notes) },
        notes: notes.length,
      });
    }
  },
};

async function costsOf(
  { ways }: Trial,
  models: { before: string; after: string },
  notes: readonly SpokenNote[],
): Promise<[before: Costing, after: Costing][]> {
  await using before = await TrialEngine.start({ ...ways.before.engine, model: models.before });
  await using after = await TrialEngine.start({ ...ways.after.engine, model: models.after });
  await using _busy = ways.after.busy ? busyCore() : undefined;
  const costs: [Costing, Costing][] = [];
  // The first question of an engine touches all its memory.
  for (const note of notes.slice(0, 1)) await pairOf(note, 0);
  for (const [index, note] of notes.entries()) costs.push(await pairOf(note, index));
  return costs;

  async function pairOf(note: SpokenNote, index: number): Promise<[Costing, Costing]> {
    if (index % 2 === 0)
      return [await asked(before, ways.before, note), await asked(after, ways.after, note)];
    const second = await asked(after, ways.after, note);
    return [await asked(before, ways.before, note), second];
  }
}

const counted = new Map<Way, Promise<WordCount>>();

/** The same for all trials: one side of each is hark's own way. */
function wordsOf(way: Way, notes: readonly SpokenNote[]): Promise<WordCount> {
  const known = counted.get(way) ?? countWords(way, notes);
  counted.set(way, known);
  return known;
}

async function countWords(way: Way, notes: readonly SpokenNote[]): Promise<WordCount> {
  await using engine = await TrialEngine.start({ ...way.engine, model: DEMO_PATH });
  const texts: string[] = [];
  for (const note of notes) {
    const { answer } = await asked(engine, way, note);
    texts.push(answer.segments.map(({ text }) => text).join(' '));
  }
  return wordCount(
    notes.map(({ text }) => text),
    texts,
  );
}

/** Before a language is found out the engine is left with the context that this is done in: it takes the last one's. */
async function asked(engine: TrialEngine, way: Way, note: SpokenNote): Promise<Costing> {
  const language = toldLanguage(way, note);
  // As hark does: a silence at the end is not sent.
  const samples = withoutSilentEnd(note.samples);
  const context = way.audioContext(samples);
  const fields = { ...way.fields, language, audio_ctx: String(context) };
  if (language === 'auto') {
    const audio_ctx = String(way.detectionContext(context));
    const left = { ...fields, language: 'en', audio_ctx, duration: '100' };
    await engine.ask(new Int16Array(0), left);
  }
  return engine.ask(samples, fields);
}
