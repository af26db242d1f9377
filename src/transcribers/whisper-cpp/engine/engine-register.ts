import { Injectable } from '@nestjs/common';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { Settings } from '../../../settings/settings';
import { killGroup } from './leashed-process';
import { commandLine } from './process-facts';

const entry = z.object({
  host: z.string(),
  hark: z.number(),
  engine: z.number(),
  /** Stands in the engine's command line and in no other one. */
  mark: z.string(),
});
type Entry = z.infer<typeof entry>;

/**
 * Remembers running engines in the data folder. The leash ends an engine with its hark; where both were killed at once,
 * the next start finds the engine here.
 */
@Injectable()
export class EngineRegister {
  private readonly own = new Set<string>();

  constructor(private readonly settings: Settings) {}

  async add(engine: number, mark: string): Promise<void> {
    this.own.add(mark);
    await mkdir(this.directory, { recursive: true });
    const known: Entry = { host: hostname(), hark: process.pid, engine, mark };
    await writeFile(this.file(mark), JSON.stringify(known), { mode: 0o600 });
  }

  async remove(mark: string): Promise<void> {
    this.own.delete(mark);
    await rm(this.file(mark), { force: true });
  }

  /** Ends engines of this machine whose hark is gone. The number of those that were still running. */
  async endOrphans(): Promise<number> {
    const names = await readdir(this.directory).catch(() => []);
    const ended = await Promise.all(names.map((name) => this.endIfOrphan(join(this.directory, name))));
    return ended.filter(Boolean).length;
  }

  private async endIfOrphan(file: string): Promise<boolean> {
    const known = entry.safeParse(await readJson(file)).data;
    if (!known || known.host !== hostname() || (await this.isAlive(known))) return false;
    await rm(file, { force: true });
    if (!(await commandLine(known.engine))?.includes(known.mark)) return false;
    killGroup(known.engine);
    return true;
  }

  /** A process with our own number is an earlier one: in a container every hark has the same. */
  private async isAlive({ hark, mark }: Entry): Promise<boolean> {
    if (hark === process.pid) return this.own.has(mark);
    return (await commandLine(hark)) !== undefined;
  }

  private file(mark: string): string {
    return join(this.directory, `${mark}.json`);
  }

  private get directory(): string {
    return join(this.settings.dataDir, 'engine', 'running');
  }
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}
