import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Marks } from './marks';

/** Everything that hark has written, wherever. */
export class Written {
  private readonly all: { where: string; bytes: Buffer }[] = [];

  add(where: string, what: string | Buffer): void {
    this.all.push({ where, bytes: Buffer.from(what) });
  }

  /** Every file in a folder and below it. */
  addFolder(where: string, folder: string): void {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      this.add(`${where}/${relative(folder, path)}`, readFileSync(path));
    }
  }

  /** Which secret stands where. */
  leaks(marks: Marks): string[] {
    const found = this.all.flatMap(({ where, bytes }) =>
      marks.in(where, bytes).map((name) => `${name} in ${where}`),
    );
    return [...new Set(found)];
  }

  /** Whether these words stand there: who looks in the wrong place finds no leak either. */
  holds(where: string, words: string): boolean {
    return this.all.some((one) => one.where.startsWith(where) && one.bytes.includes(words));
  }
}
