import { mkdir, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { lock } from 'proper-lockfile';
import { isGone } from '../../core/process-mark';
import { Settings } from '../../settings/settings';
import { QueueTimings } from '../queue-timings';
import { LeaderLock } from './leader-lock';

const SQLITE = 'sqlite:';

/**
 * A lock file beside the database, or in the data folder where that is elsewhere. Its holder touches it all the time;
 * whether it still does is seen by watching, not by its date, for clocks differ and jump.
 */
@Injectable()
export class FileLeaderLock extends LeaderLock {
  readonly exclusive: boolean;
  private readonly path: string;
  private unlock?: () => Promise<void>;
  private watched?: { touched: number; since: number };

  constructor(
    { databaseUrl, scratchDir }: Settings,
    private readonly timings: QueueTimings,
  ) {
    super();
    this.exclusive = databaseUrl.startsWith(SQLITE);
    this.path = this.exclusive
      ? `${databaseUrl.slice(SQLITE.length)}.leader`
      : join(scratchDir, 'hark.leader');
  }

  async acquire(least: number, before: string | undefined): Promise<number | undefined> {
    await mkdir(dirname(this.path), { recursive: true });
    const taken = (await this.take()) || ((await this.remove(before)) && (await this.take()));
    return taken ? least : undefined;
  }

  renew(): Promise<boolean> {
    return Promise.resolve(this.unlock !== undefined);
  }

  async release(): Promise<void> {
    const unlock = this.unlock;
    this.unlock = undefined;
    await unlock?.();
  }

  async isHeld(): Promise<boolean> {
    return (await this.touched()) !== undefined;
  }

  private async take(): Promise<boolean> {
    try {
      this.unlock = await lock(this.path, {
        lockfilePath: this.path,
        realpath: false,
        // Never by its date.
        stale: Infinity,
        update: this.timings.leaderLifeMs / 6,
        onCompromised: () => (this.unlock = undefined),
      });
      this.watched = undefined;
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ELOCKED') return false;
      throw error;
    }
  }

  /** Removes the file of a holder that is gone: for certain, or because it has not touched it for too long. */
  private async remove(before: string | undefined): Promise<boolean> {
    const touched = await this.touched();
    if (touched === undefined) return true;
    const now = performance.now();
    if (this.watched?.touched !== touched) this.watched = { touched, since: now };
    const abandoned = now - this.watched.since >= this.timings.leaderLifeMs;
    if (!abandoned && !(before !== undefined && isGone(before))) return false;
    await rmdir(this.path).catch(() => undefined);
    return true;
  }

  private async touched(): Promise<number | undefined> {
    try {
      return (await stat(this.path)).mtimeMs;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }
}
