import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { HarkProcess } from '../support/hark-process';

/** A process's end is no event that could be waited for while it may not even have begun, so it is looked for. */
const LOOK_EVERY_MS = 10;

/** One process of the service, kept alive as a service manager does: when it has ended it is started again. */
export class ChaosMember {
  kills = 0;
  starts = 0;
  /** How it ended when nobody had struck it. */
  readonly crashes: string[] = [];
  private struck = false;
  private ending = false;
  private downMs = 0;
  private life?: Promise<void>;

  constructor(
    readonly name: string,
    readonly hark: HarkProcess,
  ) {}

  /** Resolves when it listens for the first time. */
  async begin(): Promise<void> {
    this.starts += 1;
    await this.hark.start();
    this.life = this.live();
  }

  /** Kills it, also while it is still starting; it stays away for `downMs`. */
  async kill(downMs: number): Promise<void> {
    while (!this.hark.isRunning) await pause(LOOK_EVERY_MS);
    this.struck = true;
    this.downMs = downMs;
    this.kills += 1;
    await this.hark.end('SIGKILL');
  }

  /** Ends it for good, in order. */
  async end(): Promise<{ code: number | null; milliseconds: number }> {
    this.ending = true;
    const begun = performance.now();
    const code = await this.hark.end();
    const milliseconds = performance.now() - begun;
    await this.life;
    return { code, milliseconds };
  }

  /** Ends it whatever it is doing. */
  async abandon(): Promise<void> {
    this.ending = true;
    await this.hark.end('SIGKILL');
    await this.life;
  }

  /** Lines that it logged as errors, without what differs between two of a kind. */
  errors(): string[] {
    return this.hark.log.flatMap((line) => {
      const entry = parsed(line);
      if (entry === undefined) return [line];
      return entry.level === 'error' || entry.level === 'fatal'
        ? [`${entry.msg ?? ''}${causeOf(entry)}`]
        : [];
    });
  }

  async writeLog(folder: string): Promise<void> {
    await writeFile(join(folder, `${this.name}.log`), `${this.hark.log.join('\n')}\n`);
  }

  private async live(): Promise<void> {
    for (;;) {
      await this.hark.exited();
      if (this.ending) return;
      if (!this.struck) this.crashes.push(this.hark.log.at(-1) ?? 'without a word');
      this.struck = false;
      await pause(this.downMs);
      if (this.ending) return;
      this.starts += 1;
      // Killed while it starts it never listens, and is started once more.
      await this.hark.start().catch(() => undefined);
    }
  }
}

interface LogEntry {
  level?: string;
  msg?: string;
  err?: { message?: string };
}

function parsed(line: string): LogEntry | undefined {
  try {
    return JSON.parse(line) as LogEntry;
  } catch {
    return undefined;
  }
}

function causeOf({ err }: LogEntry): string {
  return err?.message === undefined ? '' : `: ${err.message}`;
}
