import { StockSize } from '../../support/inflate-model';
import { Figures, figuresOf, rangeText } from '../statistics';
import { Answered } from './draft-side';

export interface DraftPair {
  without: Answered;
  with: Answered;
}

interface Side {
  firstMs: Figures;
  finalMs: Figures;
  cpuMs: Figures;
}

/** What a draft gains and costs with notes of one length. */
export interface DraftResult {
  model: StockSize;
  draft: StockSize;
  seconds: number;
  without: Side;
  with: Side;
  /** Time to the first text with a draft as a share of that without, pair by pair. */
  firstRatio: Figures;
  finalRatio: Figures;
  cpuRatio: Figures;
  /** Of all pairs. */
  drafted: number;
  pairs: number;
}

export function draftResult(
  of: Pick<DraftResult, 'model' | 'draft' | 'seconds'>,
  pairs: readonly DraftPair[],
): DraftResult {
  const side = (name: keyof DraftPair): Side => {
    const all = (key: keyof Side): Figures => figuresOf(pairs.map((pair) => pair[name][key]));
    return { firstMs: all('firstMs'), finalMs: all('finalMs'), cpuMs: all('cpuMs') };
  };
  const ratio = (key: keyof Side): Figures =>
    figuresOf(
      pairs.map((pair) => pair.with[key] / pair.without[key]),
      3,
    );
  return {
    ...of,
    without: side('without'),
    with: side('with'),
    firstRatio: ratio('firstMs'),
    finalRatio: ratio('finalMs'),
    cpuRatio: ratio('cpuMs'),
    drafted: pairs.filter((pair) => pair.with.drafted).length,
    pairs: pairs.length,
  };
}

/** A line of the table. */
export function draftRow(result: DraftResult): Record<string, string | number> {
  const { model, draft, seconds, firstRatio, finalRatio, cpuRatio, drafted, pairs } = result;
  return {
    model,
    draft,
    note: `${seconds} s`,
    'first text, ms': rangeText(result.with.firstMs),
    'without draft, ms': rangeText(result.without.firstMs),
    'first text': rangeText(firstRatio),
    'final text': rangeText(finalRatio),
    CPU: rangeText(cpuRatio),
    drafted: `${drafted} of ${pairs}`,
  };
}
