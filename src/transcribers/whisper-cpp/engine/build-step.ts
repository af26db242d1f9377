import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { HarkError } from '../../../core/errors';
import { killGroup, spawnLeashed } from './leashed-process';

const LAST_LINES = 15;

/** Runs the programs of one build, one after the other, with one log. */
export class BuildStep {
  private begun = false;

  constructor(
    private readonly directory: string,
    private readonly logPath: string,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * @param onProgress hears cmake's percentage, 0 to 1
   * @throws HarkError `engine_unavailable` with the last lines as cause, and the abort reason
   */
  async run(program: string, args: readonly string[], onProgress?: (share: number) => void): Promise<void> {
    this.signal.throwIfAborted();
    const log = createWriteStream(this.logPath, { flags: this.begun ? 'a' : 'w' });
    this.begun = true;
    const child = spawnLeashed(program, args, { cwd: this.directory, stdout: 'pipe' });
    const stop = () => killGroup(child.pid);
    this.signal.addEventListener('abort', stop, { once: true });
    const last: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      stream.pipe(log, { end: false });
      createInterface(stream).on('line', (line) => {
        last.push(line);
        if (last.length > LAST_LINES) last.shift();
        const percent = /^\[\s*(\d+)%\]/.exec(line)?.[1];
        if (percent !== undefined) onProgress?.(Number(percent) / 100);
      });
    }
    try {
      const [code] = (await once(child, 'close')) as [number | null];
      this.signal.throwIfAborted();
      if (code !== 0) throw this.failure(last);
    } finally {
      this.signal.removeEventListener('abort', stop);
      await once(log.end(), 'finish');
    }
  }

  private failure(last: string[]): HarkError {
    return new HarkError(
      'engine_unavailable',
      'The speech engine could not be built from its source. The build log in the data folder says why.',
      { cause: new Error(`${this.logPath}:\n${last.join('\n')}`) },
    );
  }
}
