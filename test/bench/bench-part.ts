import { BenchOptions } from './bench-options';

/** Hears of every result as soon as it is there. */
export type Told<T> = (result: T) => Promise<void>;

/** One part of the bench. */
export interface BenchPart<T extends object> {
  run(options: BenchOptions, told: Told<T>): Promise<void>;
  /** Tells whether two results are of the same thing: then the later one counts. */
  keyOf(result: T): string;
  /** A line of the table that people read. */
  rowOf(result: T): Record<string, string | number>;
}
