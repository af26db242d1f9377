import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { Settings } from '../settings/settings';

/** Where programs are on any Unix, for want of a PATH. */
const USUAL_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/homebrew/bin';

/** Where hark looks for the programs of others, as in PATH. */
export function searchPathOf({ searchPath }: Settings): string {
  return searchPath ?? USUAL_PATH;
}

/** Absolute path of a program; `name` may be one already. Undefined when there is none that can be run. */
export async function programOn(searchPath: string, name: string): Promise<string | undefined> {
  const folders = searchPath.split(delimiter).filter(isAbsolute);
  for (const path of isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name))) {
    const runs = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return path;
  }
  return undefined;
}
