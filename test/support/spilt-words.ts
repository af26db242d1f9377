import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What a service has of its own in its data folder: no words of people are in these. */
const NOT_SEARCHED = ['models', 'engine'];

/**
 * Reads every byte of every file in a data folder, as somebody would who has stolen the disk: the database with its log
 * and whatever stands in pages that are free, uploads, temporary files.
 *
 * @returns the words that are there, by the names of the files that have them
 */
export async function spilt(dataDir: string, words: readonly string[]): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(dataDir.length + 1);
    if (NOT_SEARCHED.some((folder) => name.startsWith(`${folder}/`))) continue;
    const content = await readFile(path, 'latin1').catch(() => '');
    const there = words.filter((word) => content.toLowerCase().includes(word.toLowerCase()));
    if (there.length > 0) found[name] = there;
  }
  return found;
}

/** Where it was found, whatever the files are called. */
export function wordsIn(found: Record<string, string[]>): string[] {
  return [...new Set(Object.values(found).flat())].sort();
}
