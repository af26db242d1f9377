import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Machine } from '../support/machine';

interface Kept {
  machine: Machine;
  results: object[];
}

/**
 * The results of one part, as JSON that is whole at any time. What an earlier run measured on the same machine stays,
 * unless it is measured again.
 */
export class ResultsFile<T extends object> {
  private readonly path: string;

  /** @param keyOf tells whether two results are of the same thing */
  constructor(
    folder: string,
    part: string,
    private readonly machine: Machine,
    private readonly keyOf: (result: T) => string,
  ) {
    this.path = join(folder, `${part}.json`);
  }

  async keep(result: T): Promise<void> {
    const earlier = await this.earlier();
    const place = earlier.findIndex((other) => this.keyOf(other) === this.keyOf(result));
    const results = place < 0 ? [...earlier, result] : earlier.with(place, result);
    await mkdir(dirname(this.path), { recursive: true });
    await writeFile(this.path, `${JSON.stringify({ machine: this.machine, results }, undefined, 1)}\n`);
  }

  private async earlier(): Promise<T[]> {
    const text = await readFile(this.path, 'utf8').catch(() => undefined);
    if (text === undefined) return [];
    const { machine, results } = JSON.parse(text) as Kept;
    return JSON.stringify(machine) === JSON.stringify(this.machine) ? (results as T[]) : [];
  }
}
