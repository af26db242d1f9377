import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable, Writable } from 'node:stream';
import { confine } from './confinement';
import { DecoderLimits } from './decoder-limits';
import { Isolation } from './isolation';
import { DecoderOrder, DecoderReady, REPORT_FD } from './protocol';
import { ReportReader } from './report-reader';

const KEPT_WORDS = 4_000;

export interface DecoderPlace {
  /** Where it may lay down temporary files. */
  temporaryFolder: string;
  /** As in PATH: where it finds ffmpeg. It sees nothing else of the environment. */
  searchPath: string;
  isolation: Isolation;
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
    this.ready = this.becomeReady(limits, place.isolation.ownUser);
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

  private async becomeReady(limits: DecoderLimits, ownUser: boolean): Promise<DecoderReady> {
    const ended = this.ended.then(() => Promise.reject(new Error(this.lastWords)));
    const ready = once(this.child, 'message') as Promise<[DecoderReady]>;
    const [message] = await Promise.race([ready, ended]);
    await Promise.race([confine(this.child.pid, limits, ownUser), ended]);
    return message;
  }
}

function start(
  { temporaryFolder, searchPath, isolation }: DecoderPlace,
  { heapMiB }: DecoderLimits,
): ChildProcess {
  const node = [process.execPath, ...process.execArgv, `--max-old-space-size=${heapMiB}`];
  const decoder = [require.resolve('../decoder/decoder-process'), temporaryFolder];
  const [program, ...args] = [...isolation.command, ...node, ...decoder];
  return spawn(program!, args, {
    cwd: '/',
    env: { PATH: searchPath },
    // a group of its own, so that a decoder and its ffmpeg can be ended together
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe', 'ipc', 'pipe'],
  });
}
