import { ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { DecoderLimits } from './decoder-limits';
import { DecoderOrder, DecoderReady, REPORT_FD } from './protocol';
import { ReportReader } from './report-reader';

const KEPT_WORDS = 4_000;

export interface DecoderPlace {
  /** Where it may lay down temporary files. */
  temporaryFolder: string;
  /** As in PATH: where it finds ffmpeg. It sees nothing else of the environment. */
  searchPath: string;
}

/** One decoder process: its pipes, its life and its end. */
export class DecoderProcess {
  readonly input: Writable;
  readonly reports: ReportReader;
  /** Comes true when it can be given work. Rejects when it ends before that. */
  readonly ready: Promise<DecoderReady>;
  /** Comes true when it has ended, however. */
  readonly ended: Promise<void>;
  /** Files it was given. */
  jobs = 0;
  private alive = true;
  private words = '';

  constructor(place: DecoderPlace, limits: DecoderLimits) {
    this.child = start(place, limits);
    this.input = this.child.stdin!;
    // a decoder that dies closes its pipes under whoever writes; who waits for its report hears of it
    this.input.on('error', () => undefined);
    this.reports = new ReportReader(this.child.stdio[REPORT_FD] as Readable);
    this.child.stderr!.on('data', (text: Buffer) => {
      this.words = (this.words + text.toString()).slice(-KEPT_WORDS);
    });
    this.ended = new Promise((resolve) => {
      const over = (): void => {
        this.alive = false;
        resolve();
      };
      this.child.once('exit', over).once('error', over);
    });
    this.ready = this.becomeReady(limits);
    this.ready.catch(() => undefined);
  }

  private readonly child: ChildProcess;

  get pid(): number | undefined {
    return this.child.pid;
  }

  get isAlive(): boolean {
    return this.alive;
  }

  /** Its last words, for the log. */
  get lastWords(): string {
    const { exitCode, signalCode } = this.child;
    return `The decoder ended with ${signalCode ?? exitCode}. ${this.words}`;
  }

  order(order: DecoderOrder): void {
    if (this.child.connected) this.child.send(order, () => undefined);
  }

  /** Ends it and everything it has started, at once. */
  kill(): void {
    if (!this.alive || this.child.pid === undefined) return;
    this.alive = false;
    try {
      process.kill(-this.child.pid, 'SIGKILL');
    } catch {
      this.child.kill('SIGKILL');
    }
  }

  private async becomeReady(limits: DecoderLimits): Promise<DecoderReady> {
    const ended = this.ended.then(() => Promise.reject(new Error(this.lastWords)));
    const ready = once(this.child, 'message') as Promise<[DecoderReady]>;
    const [[message]] = await Promise.race([Promise.all([ready, confine(this.child.pid, limits)]), ended]);
    return message;
  }
}

function start({ temporaryFolder, searchPath }: DecoderPlace, limits: DecoderLimits): ChildProcess {
  return fork(require.resolve('../decoder/decoder-process'), [temporaryFolder], {
    cwd: '/',
    env: { PATH: searchPath },
    execArgv: [...process.execArgv, `--max-old-space-size=${limits.heapMiB}`],
    // a group of its own, so that a decoder and its ffmpeg can be ended together
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe', 'ipc', 'pipe'],
  });
}

/** Takes from the process what a decoder never needs. Where there is no `prlimit` the other limits must do. */
async function confine(pid: number | undefined, limits: DecoderLimits): Promise<void> {
  if (process.platform !== 'linux' || pid === undefined) return;
  const { memoryBytes, openFiles } = limits;
  const options = [`--data=${memoryBytes}`, `--nofile=${openFiles}`, '--core=0', `--pid=${pid}`];
  await promisify(execFile)('prlimit', options, { timeout: 5_000 }).catch(() => undefined);
}
