import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Trouble, UploadPlace } from './upload-place';

/** A folder that an admin has named for uploads, mostly on a network drive. */
export class SharedFolder extends UploadPlace {
  readonly label = 'The folder of UPLOADS_URL';

  constructor(private readonly path: string) {
    super();
  }

  async reach(): Promise<void> {
    await readdir(this.path);
  }

  async tryOut(name: string): Promise<void> {
    const file = join(this.path, name);
    await writeFile(file, '', { flag: 'wx', mode: 0o600 });
    await stat(file);
    await rm(file);
  }

  trouble(error: unknown): Trouble {
    const { code = '' } = Object(error) as NodeJS.ErrnoException;
    const detail = WORDS[code] ?? `does not answer (${code || String(error)})`;
    return { detail, remedy: 'Mount it, or create it so that the user who runs hark may write in it.' };
  }
}

const WORDS: Record<string, string> = {
  ENOENT: 'is not there',
  ENOTDIR: 'is no folder',
  EACCES: 'cannot be written',
  EPERM: 'cannot be written',
  EROFS: 'cannot be written',
  ENOSPC: 'is full',
  EDQUOT: 'is full',
};
