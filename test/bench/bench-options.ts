import { parseArgs } from 'node:util';
import { StockSize } from '../support/inflate-model';

const PARTS = ['notes', 'words', 'settings', 'own', 'full', 'memory', 'start', 'requests', 'draft'] as const;
export type PartName = (typeof PARTS)[number];

/**
 * `auto`: the language is detected; `known`: the speaker's is known; `busy`: as `auto`, with one core kept busy by another
 * program.
 */
const VARIANTS = ['auto', 'known', 'busy'] as const;
export type Variant = (typeof VARIANTS)[number];

export const USAGE = `npm run bench -- [options]
  --part <names>      of ${PARTS.join(', ')} (all)
  --models <names>    of tiny, base, small (all; other parts than notes take the first, base unless told)
  --lengths <list>    of notes, in seconds (2,5,10,20,600)
  --variants <names>  of ${VARIANTS.join(', ')}; --busy and --known stand for one of them (all, see docs/performance.md)
  --pairs <n>         measured, after one that is not (7)
  --long-pairs <n>    the same for notes of a minute and more (as --pairs)
  --notes <n>         of each kind in the part own (60)
  --spoken <n>        notes that espeak-ng speaks for the parts words and settings (400)
  --queue <n>         notes at once in the part full (60)
  --jobs <n>          in the part memory (2000)
  --stored <list>     jobs in the database of the part requests (100,100000)
  --idle <seconds>    until memory counts as settled (30)
  --out <folder>      (docs/performance)`;

export interface BenchOptions {
  parts: PartName[];
  /** Undefined: whatever suits the part. */
  models?: StockSize[];
  lengths?: number[];
  variants?: Variant[];
  pairs: number;
  longPairs: number;
  notes: number;
  spoken: number;
  queue: number;
  jobs: number;
  stored: number[];
  idleSeconds: number;
  out: string;
}

export class UsageError extends Error {}

/** @throws UsageError that says which option is wrong */
export function benchOptions(args: string[]): BenchOptions {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = {
    ...{ part: text, models: text, lengths: text, variants: text, pairs: text, 'long-pairs': text },
    ...{
      notes: text,
      spoken: text,
      queue: text,
      jobs: text,
      stored: text,
      idle: text,
      out: text,
      busy: flag,
      known: flag,
      help: flag,
    },
  };
  const { values } = parsed(() => parseArgs({ args, options }));
  if (values.help) throw new UsageError('npm run bench measures hark on this machine.');
  const pairs = number('pairs', values.pairs ?? '7');
  const flags = VARIANTS.filter((variant) =>
    variant === 'busy' ? values.busy : variant === 'known' && values.known,
  );
  return {
    parts: names('part', values.part, PARTS) ?? [...PARTS],
    models: names('models', values.models, ['tiny', 'base', 'small']),
    lengths: values.lengths?.split(',').map((each) => number('lengths', each)),
    variants: names('variants', values.variants, VARIANTS) ?? (flags.length > 0 ? flags : undefined),
    pairs,
    longPairs: values['long-pairs'] === undefined ? pairs : number('long-pairs', values['long-pairs']),
    notes: number('notes', values.notes ?? '60'),
    spoken: number('spoken', values.spoken ?? '400'),
    queue: number('queue', values.queue ?? '60'),
    jobs: number('jobs', values.jobs ?? '2000'),
    stored: (values.stored ?? '100,100000').split(',').map((each) => number('stored', each)),
    idleSeconds: number('idle', values.idle ?? '30'),
    out: values.out ?? 'docs/performance',
  };
}

function names<const T extends string>(
  option: string,
  given: string | undefined,
  choices: readonly T[],
): T[] | undefined {
  return given?.split(',').map((name) => {
    const found = choices.find((choice) => choice === name);
    if (found === undefined) throw new UsageError(`--${option} is one of ${choices.join(', ')}, not ${name}`);
    return found;
  });
}

function number(option: string, given: string): number {
  const value = Number(given);
  if (given.trim() !== '' && value > 0) return value;
  throw new UsageError(`--${option} must be a number above 0, not ${given}`);
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
