import { Seed } from './corpus';
import { mutated } from './mutations';
import { Random } from './random';

/** One attempt: a file, and how it is handed over. */
export interface FuzzInput {
  number: number;
  /** The file it was made of. */
  from: string;
  bytes: Buffer;
  way: 'reader' | 'http';
  /** Whether its length is told beforehand. */
  known: boolean;
  /** The attempt is given up after so many milliseconds. */
  abortAfter?: number;
}

/** The input of this number: always the same with the same seed. */
export function fuzzInput(
  seeds: readonly Seed[],
  seed: number,
  number: number,
  httpShare: number,
): FuzzInput {
  const random = new Random(seed, number);
  const { name, bytes } = random.pick(seeds);
  const way = random.chance(httpShare) ? 'http' : 'reader';
  const known = random.chance(0.5);
  const abortAfter = way === 'reader' && random.chance(0.03) ? random.below(150) : undefined;
  return {
    number,
    from: name,
    bytes: mutated(bytes, random, () => random.pick(seeds).bytes),
    way,
    known,
    abortAfter,
  };
}
