import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Machine } from '../support/machine';
import { Hardware, hardwareOf, Measured } from './measured';

interface Kept<T> {
  machine: Hardware;
  results: (T & { measured: Measured })[];
}

/**
 * The results of one part, as JSON that is whole at any time. What an earlier run measured on the same hardware stays,
 * unless it is measured again; each result says when and of what it is. What another machine measured is put aside.
 */
export class ResultsFile<T extends object> {
  private readonly path: string;
  private readonly hardware: Hardware;

  /** @param keyOf tells whether two results are of the same thing */
  constructor(
    private readonly folder: string,
    private readonly part: string,
    machine: Machine,
    private readonly measured: Measured,
    private readonly keyOf: (result: T) => string,
  ) {
    this.path = join(folder, `${part}.json`);
    this.hardware = hardwareOf(machine);
  }

  async keep(result: T): Promise<void> {
    const earlier = await this.earlier();
    const place = earlier.findIndex((other) => this.keyOf(other) === this.keyOf(result));
    const one = { ...result, measured: this.measured };
    const results = place < 0 ? [...earlier, one] : earlier.with(place, one);
    await mkdir(dirname(this.path), { recursive: true });
    const unfinished = `${this.path}.${process.pid}`;
    await writeFile(
      unfinished,
      `${JSON.stringify({ machine: this.hardware, results } satisfies Kept<T>, undefined, 1)}\n`,
    );
    await rename(unfinished, this.path);
  }

  private async earlier(): Promise<Kept<T>['results']> {
    const text = await readFile(this.path, 'utf8').catch(() => undefined);
    if (text === undefined) return [];
    const { machine, results } = JSON.parse(text) as Kept<T>;
    if (isDeepStrictEqual(hardwareOf(machine), this.hardware)) return results;
    await rename(this.path, join(this.folder, `${this.part}.elsewhere.json`));
    return [];
  }
}
