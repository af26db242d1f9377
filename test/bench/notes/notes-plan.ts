import { StockSize } from '../../support/inflate-model';
import { BenchOptions, Variant } from '../bench-options';

/** One thing that is measured in pairs. */
export interface Case {
  model: StockSize;
  /** Of a note. */
  seconds: number;
  variant: Variant;
  pairs: number;
}

const MODELS: StockSize[] = ['tiny', 'base', 'small'];
const LENGTHS = [2, 5, 10, 20, 600];
/** From here on a language that is known in advance saves nothing worth measuring, and pairs take minutes. */
const LONG_SECONDS = 60;
/** Against a busy core one length tells as much as all, and whisper-cli takes a minute for a few seconds. */
const BUSY_SECONDS = 5;

/** What is asked for; without a word about variants or lengths only what tells something. */
export function plannedCases(options: BenchOptions): Case[] {
  const {
    models = MODELS,
    lengths = LENGTHS,
    variants = ['auto', 'known', 'busy'],
    pairs,
    longPairs,
  } = options;
  const isWorthIt = (seconds: number, variant: Variant): boolean =>
    options.variants !== undefined ||
    variant === 'auto' ||
    (variant === 'busy' ? options.lengths !== undefined || seconds === BUSY_SECONDS : !isLong(seconds));
  return models.flatMap((model) =>
    variants.flatMap((variant) =>
      lengths
        .filter((seconds) => isWorthIt(seconds, variant))
        .map((seconds) => ({ model, seconds, variant, pairs: isLong(seconds) ? longPairs : pairs })),
    ),
  );
}

export function isLong(seconds: number): boolean {
  return seconds >= LONG_SECONDS;
}
