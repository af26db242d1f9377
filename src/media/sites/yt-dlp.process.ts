import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';

/** Of what it says, the first and the last. */
const KEPT_WORDS = 16_000;
/** A Python interpreter with a page of some MiB in it. */
const MEMORY_BYTES = 1024 * 1024 * 1024;
const OPEN_FILES = 256;

export interface YtDlpPlace {
  program: string;
  /** As in PATH. */
  searchPath: string;
  /** Where it stands and may write; it takes this for its home, too. */
  folder: string;
  /** Address of the proxy, with its password. */
  proxy: string;
  /** Largest file that it may write: a fragment of a recording. */
  maxBytes: number;
  /** Whether the system has `prlimit`. */
  limited: boolean;
}

/** One run of yt-dlp in a process group of its own. */
export class YtDlpProcess {
  readonly stdout: Readable;
  /** What it said on stderr. */
  words = '';
  private readonly child: ChildProcess;
  private readonly closed: Promise<unknown>;
  private failure?: Error;

  constructor(place: YtDlpPlace, args: readonly string[]) {
    const { maxBytes, program, folder } = place;
    const limits = [
      'prlimit',
      `--data=${MEMORY_BYTES}`,
      `--fsize=${maxBytes}`,
      `--nofile=${OPEN_FILES}`,
      '--core=0',
    ];
    const [first, ...rest] = [...(place.limited ? limits : []), program, ...args];
    const options = { cwd: folder, env: environment(place), detached: true };
    this.child = spawn(first!, rest, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    this.stdout = this.child.stdout!;
    this.child.once('error', (error) => (this.failure = error));
    this.child.stderr!.on('data', (text: Buffer) => {
      const words = this.words + text.toString();
      this.words =
        words.length <= KEPT_WORDS ? words : words.slice(0, KEPT_WORDS / 2) + words.slice(-KEPT_WORDS / 2);
    });
    this.closed = once(this.child, 'close').catch(() => undefined);
  }

  /** Comes true when it has ended. False when it did not end well. */
  async ended(): Promise<boolean> {
    await this.closed;
    return this.failure === undefined && this.child.exitCode === 0;
  }

  /** Ends it and whatever it has started. */
  kill(): void {
    if (this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, 'SIGKILL');
    } catch {
      // ESRCH: nobody is left
    }
  }
}

/** Nothing of hark's own environment. Both spellings of the proxy's names are in use. */
function environment({ searchPath, folder, proxy }: YtDlpPlace): Record<string, string> {
  const proxies = ['http_proxy', 'https_proxy', 'ftp_proxy', 'all_proxy'].flatMap((name) => [
    [name, proxy],
    [name.toUpperCase(), proxy],
  ]);
  return {
    ...(Object.fromEntries(proxies) as Record<string, string>),
    PATH: searchPath,
    HOME: folder,
    TMPDIR: folder,
    XDG_CONFIG_HOME: folder,
    XDG_CACHE_HOME: folder,
    LANG: 'C.UTF-8',
    PYTHONNOUSERSITE: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    YTDLP_NO_PLUGINS: '1',
  };
}
