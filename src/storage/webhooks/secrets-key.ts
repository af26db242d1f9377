import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILE = 'secrets.key';

/**
 * What secrets are sealed with where no admin has chosen it: made once, and kept beside the database, but not in it, so
 * that a copy of the database alone opens nothing. Several processes may ask for it at the same moment.
 */
export async function keptSecretsKey(dataDir: string): Promise<string> {
  const path = join(dataDir, FILE);
  const known = await read(path);
  if (known !== undefined) return known;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const own = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(own, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600, flush: true });
  try {
    // Whole or not at all, and never over that of another process.
    await link(own, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(own);
  }
  const kept = await read(path);
  if (kept === undefined) throw new Error(`${FILE} is gone again`);
  return kept;
}

async function read(path: string): Promise<string | undefined> {
  try {
    const text = (await readFile(path, 'utf8')).trim();
    return text === '' ? undefined : text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
