import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { KnownModel } from './known-models';

const remembered = z.record(z.string(), z.string());
type Remembered = z.infer<typeof remembered>;

/**
 * Files that were found right, by how they looked then: reading a large one takes seconds. Those that were compared with
 * a checksum are remembered from one start to the next. Whoever writes to a file, cuts it off, or puts another one in its
 * place changes how it looks.
 */
export class VerifiedFiles {
  private readonly known = new Map<string, string>();
  /** Not to be believed, also where that cannot be written down. */
  private readonly forgotten = new Set<string>();

  /** @param memory the file in which they are remembered */
  constructor(private readonly memory: string) {}

  /** Whether it was found right in this run, and has not changed since. */
  async has(model: KnownModel): Promise<boolean> {
    return this.known.get(model.path) === (await looksOf(model));
  }

  /**
   * Runs `verify`, which throws when something is wrong, unless the outcome is known.
   *
   * @throws what `verify` throws, and the error of the system when there is no such file
   */
  async check(model: KnownModel, verify: () => Promise<void>): Promise<void> {
    // Before it is read: what is written meanwhile shows the next time.
    const looks = await looksOf(model);
    if (this.known.get(model.path) === looks) return;
    if (!(await this.isRemembered(model, looks))) {
      await verify();
      if (model.pin) await this.remember((all) => ({ ...all, [model.path]: looks }));
    }
    this.known.set(model.path, looks);
    this.forgotten.delete(model.path);
  }

  /** The next check reads all of it again. */
  async forget({ path }: KnownModel): Promise<void> {
    this.known.delete(path);
    this.forgotten.add(path);
    const { [path]: known, ...others } = await this.recall();
    if (known !== undefined) await this.remember(() => others);
  }

  private async isRemembered({ path, pin }: KnownModel, looks: string): Promise<boolean> {
    if (!pin || this.forgotten.has(path)) return false;
    return (await this.recall())[path] === looks;
  }

  private async recall(): Promise<Remembered> {
    try {
      return remembered.parse(JSON.parse(await readFile(this.memory, 'utf8')));
    } catch {
      return {};
    }
  }

  /** Where nothing can be written, or another process forgets it, the next start reads the file again. */
  private async remember(change: (all: Remembered) => Remembered): Promise<void> {
    const unfinished = `${this.memory}.${randomUUID()}`;
    try {
      await writeFile(unfinished, JSON.stringify(change(await this.recall())), { mode: 0o600 });
      await rename(unfinished, this.memory);
    } catch {
      await rm(unfinished, { force: true }).catch(() => undefined);
    }
  }
}

/** Times in nanoseconds. That of the last change is the system's own: nobody sets it back. */
async function looksOf({ path, pin }: KnownModel): Promise<string> {
  const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  return [pin?.sha256 ?? 'no checksum', ino, size, mtimeNs, ctimeNs].join(' ');
}
