import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { Written } from './written';

/** One run of the built program, with all that it prints. */
export class HarkRun {
  private readonly child: ChildProcess;
  private said = '';
  private hear: () => void = () => undefined;

  /** @param variables the whole environment, but for PATH and HOME; it runs in its `DATA_DIR`, where no `.env` is */
  constructor(
    private readonly what: string,
    file: 'main.js' | 'cli/hark.js',
    args: readonly string[],
    variables: Record<string, string>,
  ) {
    const { PATH = '', HOME = '/' } = process.env;
    const env = {
      PATH,
      HOME,
      NODE_ENV: 'production',
      LOG_LEVEL: 'trace',
      LOG_FORMAT: 'json',
      PORT: '0',
      ...variables,
    };
    this.child = spawn(process.execPath, [resolve(`dist/${file}`), ...args], {
      cwd: variables.DATA_DIR,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.on('data', (text: Buffer) => {
        this.said += text.toString();
        this.hear();
      });
    }
    this.child.once('close', () => this.hear());
  }

  /** The first match, as soon as it is printed. @throws Error when the program ends without it */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.said);
      if (found) return found;
      if (this.child.exitCode !== null || this.child.signalCode !== null) {
        throw new Error(`${this.what} ended without ${pattern}:\n${this.said.slice(-4_000)}`);
      }
      await new Promise<void>((resolve) => (this.hear = resolve));
    }
  }

  /** Where it listens. */
  async url(): Promise<string> {
    return (await this.says(/Listening on (http:\/\/[^"\s]+)/))[1]!;
  }

  get exitCode(): number | null {
    return this.child.exitCode;
  }

  /** Ends it, or waits for its end, and keeps what it has printed. */
  async over(written: Written, signal?: NodeJS.Signals): Promise<void> {
    if (signal !== undefined) this.child.kill(signal);
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'close');
    written.add(`output of ${this.what}`, this.said);
  }
}
