import { Injectable, OnModuleInit } from '@nestjs/common';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { Settings } from '../settings/settings';
import { TEMPORARY_PREFIX } from './temporary-file';

/** Files lose their name as soon as they are open, so what has one for longer is a left-over; folders live longer. */
const LEFT_OVER_MS = { file: 60_000, folder: 3_600_000 };

/** Where temporary files lie while they are open. */
@Injectable()
export class TemporaryFolder implements OnModuleInit {
  private made?: string;

  constructor(private readonly settings: Settings) {}

  /** Removes what a process left behind that was killed at the wrong moment. */
  onModuleInit(): void {
    const folder = this.path();
    for (const name of readdirSync(folder).filter((file) => file.startsWith(TEMPORARY_PREFIX))) {
      const path = join(folder, name);
      const found = statSync(path, { throwIfNoEntry: false });
      if (found === undefined) continue;
      const age = Date.now() - found.mtimeMs;
      const old = LEFT_OVER_MS[found.isDirectory() ? 'folder' : 'file'];
      if (age > old) rmSync(path, { recursive: true, force: true });
    }
  }

  /** A new empty folder; who asked for it removes it. Absolute. */
  async folder(): Promise<string> {
    return mkdtemp(join(this.path(), TEMPORARY_PREFIX));
  }

  /** Absolute; it is there and only this user can look into it. */
  path(): string {
    if (this.made === undefined) {
      const folder = join(this.settings.scratchDir, 'tmp');
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      this.made = folder;
    }
    return this.made;
  }
}
