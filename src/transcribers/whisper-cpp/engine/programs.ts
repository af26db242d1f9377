import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { childEnvironment } from '../../../settings/child-environment';

/** The first of the programs that is on `PATH`, as an absolute path. */
export async function onPath(...names: readonly string[]): Promise<string | undefined> {
  const directories = (childEnvironment().PATH ?? '').split(delimiter).filter(isAbsolute);
  for (const name of names) {
    for (const directory of directories) {
      const path = join(directory, name);
      if (await isExecutable(path)) return path;
    }
  }
  return undefined;
}

export async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
