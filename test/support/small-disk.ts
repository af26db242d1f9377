import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory that is a disk of its own, soon full. */
export interface SmallDisk {
  path: string;
  remove(): void;
}

/** Undefined where this process may not mount anything. */
export function mountSmallDisk(kibibytes: number): SmallDisk | undefined {
  const path = mkdtempSync(join(tmpdir(), 'hark-disk-'));
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', path]);
  if (mounted.status !== 0) return void remove();
  return {
    path,
    remove: () => {
      spawnSync('umount', [path]);
      remove();
    },
  };
}

/** For tests of full disks, which are shown as skipped where there can be none. */
export const canMount = ((): boolean => {
  const disk = mountSmallDisk(4);
  disk?.remove();
  return disk !== undefined;
})();
