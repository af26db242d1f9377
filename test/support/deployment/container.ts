import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ComposeService } from './compose-file';
import { imageCommand, imageEnvironment } from './dockerfile';
import { ImageFolder } from './image-folder';

const ENTER = join(__dirname, 'enter-container.sh');
const USER = 1000;

/** Whether containers can be had here: as root, with mounts of one's own. */
export const canContain =
  spawnSync('unshare', ['--mount', 'sh', '-c', 'mount --make-rprivate / && mount -t tmpfs none /mnt'])
    .status === 0;

/** A machine for the services of the compose file: its volumes, the image, and the programs the image brings. */
export class ContainerHost implements Disposable {
  private readonly folder = mkdtempSync(join(tmpdir(), 'hark-containers-'));
  private readonly image = new ImageFolder();

  constructor() {
    chmodSync(this.folder, 0o755);
  }

  [Symbol.dispose](): void {
    this.image[Symbol.dispose]();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Where a named volume is on this machine. */
  volume(name: string): string {
    const path = join(this.folder, 'volumes', name);
    mkdirSync(path, { recursive: true });
    chownSync(path, USER, USER);
    return path;
  }

  /**
   * Starts a service as the compose file has it.
   *
   * @param file what `.env` holds, for services that are given it
   * @param variables on top of all: for what another machine would be
   * @param command instead of the service's or the image's
   */
  run(
    service: ComposeService,
    file: Record<string, string>,
    variables: Record<string, string> = {},
    command?: string[],
  ): Container {
    const own = service.build !== undefined;
    const program = command ?? [...(service.entrypoint ?? []), ...(service.command ?? imageCommand('CMD'))];
    const root = mkdtempSync(join(this.folder, 'root-'));
    const environment = {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      WORKDIR: own ? '/app' : '/',
      ...(own ? imageEnvironment() : {}),
      ...(service.env_file?.length ? file : {}),
      ...present(service.environment, file),
      ...variables,
    };
    const args = ['--mount', 'sh', ENTER, root, this.image.programs, this.mounts(service, own), ...program];
    return new Container(spawn('unshare', args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] }));
  }

  private mounts({ volumes = [], tmpfs = [] }: ComposeService, own: boolean): string {
    const named = volumes.map((each) => {
      const [source = '', path, options = 'rw'] = each.includes(':') ? each.split(':') : ['', each];
      return { source: source === '' ? this.anonymous() : this.volume(source), path: path ?? '', options };
    });
    const inMemory = tmpfs.map((each) => {
      const [path = '', options = 'rw'] = each.split(':');
      return { source: 'tmpfs', path, options };
    });
    const all = [...named, ...inMemory].sort((one, other) => one.path.length - other.path.length);
    if (own) all.unshift({ source: this.image.app, path: '/app', options: 'ro' });
    return all.map(({ source, path, options }) => `${source} ${path} ${options}`).join('\n');
  }

  private anonymous(): string {
    const path = mkdtempSync(join(this.folder, 'volume-'));
    chownSync(path, USER, USER);
    return path;
  }
}

/** A service that runs, or has ended. */
export class Container {
  readonly log: string[] = [];
  /** The exit code; null when it was killed. */
  readonly ended: Promise<number | null>;
  private readonly wanted: { pattern: RegExp; resolve: (match: RegExpExecArray) => void }[] = [];

  constructor(private readonly child: ChildProcess) {
    this.ended = once(child, 'close').then(([code]) => code as number | null);
    for (const stream of [child.stdout!, child.stderr!]) {
      createInterface(stream).on('line', (line) => this.hear(line));
    }
  }

  /** Waits for a line. @throws with the log when it ends before */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (const line of this.log) {
      const match = pattern.exec(line);
      if (match) return match;
    }
    const heard = new Promise<RegExpExecArray>((resolve) => this.wanted.push({ pattern, resolve }));
    const early = this.ended.then((code) => {
      throw new Error(`It ended with ${code}:\n${this.log.join('\n')}`);
    });
    return Promise.race([heard, early]);
  }

  /** As `docker stop` does. Resolves to the exit code. */
  stop(): Promise<number | null> {
    this.child.kill('SIGTERM');
    return this.ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGKILL');
    await this.ended;
  }

  private hear(line: string): void {
    this.log.push(line);
    for (const { pattern, resolve } of this.wanted) {
      const match = pattern.exec(line);
      if (match) resolve(match);
    }
  }
}

/** What is set and empty stays so; what is passed on is not set where it is not set there. */
function present(
  environment: ComposeService['environment'] = {},
  passed: Record<string, string>,
): Record<string, string> {
  const entries = Object.entries(environment).map(([name, value]) => [name, value ?? passed[name]]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Record<string, string>;
}
