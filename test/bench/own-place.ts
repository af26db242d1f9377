import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { childrenOf, isRunning } from '../support/processes';

/** hark itself ends within nine seconds. */
const PATIENCE_MS = 15_000;
const LOOK_EVERY_MS = 50;

/** One folder for everything that the bench and the programs it starts put down for a while, and the way out of it. */
export class OwnPlace {
  private readonly folder = mkdtempSync(join(tmpdir(), 'hark-bench-'));
  private leaving?: Promise<never>;

  constructor() {
    // Whatever asks for a temporary folder from now on gets one in there.
    process.env.TMPDIR = this.folder;
  }

  /** Whether nothing new is to be begun. */
  get isLeft(): boolean {
    return this.leaving !== undefined;
  }

  /** Asks all programs to end, removes what they have put down, and exits. */
  leave(exitCode: number): Promise<never> {
    this.leaving ??= this.end(exitCode);
    return this.leaving;
  }

  private async end(exitCode: number): Promise<never> {
    const asked = new Set<number>();
    const until = performance.now() + PATIENCE_MS;
    for (let left = running(); left.length > 0; left = running()) {
      const patient = performance.now() < until;
      for (const child of left) {
        // One that a part was just about to start is asked as well.
        if (!patient || !asked.has(child)) signal(child, patient ? 'SIGTERM' : 'SIGKILL');
        asked.add(child);
      }
      await pause(LOOK_EVERY_MS);
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
    process.exit(exitCode);
  }
}

function running(): number[] {
  return childrenOf(process.pid).filter(isRunning);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
  }
}
