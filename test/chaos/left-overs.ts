import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ChaosMember } from './chaos-member';

const PLACES = ['uploads', 'tmp'];
const TWO_DAYS_MS = 2 * 86_400_000;
const LOOK_EVERY_MS = 100;
const CLEANING_MS = 60_000;

/** Uploads and temporary files that are still there. */
export async function leftOvers(dataDir: string): Promise<string[]> {
  const found = await Promise.all(
    PLACES.map(async (place) => {
      const entries = await readdir(join(dataDir, place), { recursive: true, withFileTypes: true }).catch(
        () => [],
      );
      return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    }),
  );
  return found.flat();
}

/**
 * Lets two days pass for them, and the process clean up as it does at its start. What then is still there.
 *
 * @param process one that has ended and has the `worker` role
 */
export async function afterCleaning(dataDir: string, { hark }: ChaosMember): Promise<string[]> {
  const longAgo = new Date(Date.now() - TWO_DAYS_MS);
  for (const file of await leftOvers(dataDir)) await utimes(file, longAgo, longAgo);
  await hark.start();
  const begun = performance.now();
  while ((await leftOvers(dataDir)).length > 0 && performance.now() - begun < CLEANING_MS) {
    await pause(LOOK_EVERY_MS);
  }
  await hark.end();
  return leftOvers(dataDir);
}
