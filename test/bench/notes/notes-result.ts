import { StockSize } from '../../support/inflate-model';
import { Variant } from '../bench-options';
import { Figures, figuresOf, rangeText } from '../statistics';
import { ComposedNote } from './composed-note';
import { HarkSaid } from './hark-side';
import { Case } from './notes-plan';
import { Said, wordErrors, wordsOf } from './said';

export interface Pair {
  note: ComposedNote;
  hark: HarkSaid;
  cli: Said;
}

/** One side of all pairs of a case. */
interface Side {
  milliseconds: Figures;
  cpuMs: Figures;
  /** Words that are wrong, of all, in percent. */
  wordErrorRate: number;
}

/** What the pairs of one case come to. */
export interface NotesResult {
  model: StockSize;
  seconds: number;
  variant: Variant;
  /** Of the notes there really were. */
  noteSeconds: Figures;
  hark: Side & { firstWordsMs: Figures };
  whisperCli: Side;
  /** hark's time as a share of whisper-cli's, pair by pair. */
  ratio: Figures;
  cpuRatio: Figures;
  /** Pairs in which both have the same words. */
  sameWords: number;
  pairs: number;
}

export function resultOf({ model, seconds, variant }: Case, pairs: readonly Pair[]): NotesResult {
  const side = (of: (pair: Pair) => Said): Side => ({
    milliseconds: figuresOf(pairs.map((pair) => of(pair).milliseconds)),
    cpuMs: figuresOf(pairs.map((pair) => of(pair).cpuMs)),
    wordErrorRate: errorRate(pairs.map((pair) => [of(pair).text, pair.note.text])),
  });
  return {
    ...{ model, seconds, variant },
    noteSeconds: figuresOf(
      pairs.map(({ note }) => note.seconds),
      2,
    ),
    hark: {
      ...side(({ hark }) => hark),
      firstWordsMs: figuresOf(pairs.map(({ hark }) => hark.firstWordsMs)),
    },
    whisperCli: side(({ cli }) => cli),
    ratio: figuresOf(
      pairs.map(({ hark, cli }) => hark.milliseconds / cli.milliseconds),
      3,
    ),
    cpuRatio: figuresOf(
      pairs.map(({ hark, cli }) => hark.cpuMs / cli.cpuMs),
      3,
    ),
    sameWords: pairs.filter(({ hark, cli }) => wordErrors(hark.text, cli.text) === 0).length,
    pairs: pairs.length,
  };
}

function errorRate(texts: [text: string, truth: string][]): number {
  const errors = texts.reduce((sum, [text, truth]) => sum + wordErrors(text, truth), 0);
  const words = texts.reduce((sum, [, truth]) => sum + wordsOf(truth).length, 0);
  return Number(((100 * errors) / words).toFixed(2));
}

/** A line of the table. */
export function notesRow(result: NotesResult): Record<string, string | number> {
  const { model, seconds, variant, hark, whisperCli, ratio, cpuRatio, sameWords, pairs } = result;
  return {
    model,
    note: `${seconds} s`,
    variant,
    'hark, ms': rangeText(hark.milliseconds),
    'whisper-cli, ms': rangeText(whisperCli.milliseconds),
    ratio: rangeText(ratio),
    'CPU ratio': rangeText(cpuRatio),
    'word errors': `${hark.wordErrorRate} : ${whisperCli.wordErrorRate} %`,
    'same words': `${sameWords} of ${pairs}`,
  };
}
