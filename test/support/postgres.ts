import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port';

const PASSWORD = 'password-of-the-tests';
/** Safe against the end of its processes, not of the machine: nothing of it is kept. */
const FAST = ['fsync=off', 'full_page_writes=off', 'shared_buffers=32MB'];

/** A real PostgreSQL server of this test's own. */
export interface TestPostgres {
  readonly port: number;
  /** Where it keeps its data; belongs to the user that it runs as. */
  readonly directory: string;
  /** Of the server's first process, whose children the others are. */
  readonly pid: number;
  /** The address of a database of this server. */
  url(database?: string): string;
  /** Makes a database, empty or as a copy of another one that nobody is connected to. Returns its address. */
  createDatabase(name: string, template?: string): string;
  /** Runs SQL as the administrator. Returns rows a line each, columns parted by `|`. */
  ask(sql: string, database?: string): string;
  /** Ends at once, as a crash would. Its port stays free for `start`. */
  kill(): Promise<void>;
  /** Runs again on the same data. */
  start(): Promise<void>;
  restart(): Promise<void>;
  /** Hangs: connections stay, nothing answers. */
  pause(): void;
  resume(): void;
  /** Ends for good and removes what it left. */
  stop(): Promise<void>;
}

/**
 * Starts a server and waits until it answers.
 *
 * @param settings of its configuration file, e.g. `max_connections=5`
 */
export async function startPostgres(settings: string[] = []): Promise<TestPostgres> {
  const port = await freePort();
  const directory = await mkdtemp(join(tmpdir(), 'hark-postgres-'));
  const data = join(directory, 'data');
  const owner = serverUser();
  const env = { ...process.env, PGPASSWORD: PASSWORD };
  const run = (program: string, ...args: string[]): string =>
    execFileSync(binary(program), args, { ...owner, env, cwd: directory, encoding: 'utf8' }).trim();
  const server = { host: '127.0.0.1', port: String(port), user: 'hark' };
  const as = ['--host', server.host, '--port', server.port, '--username', server.user];
  let child: ChildProcess | undefined;

  const passwordFile = join(directory, 'password');
  await writeFile(passwordFile, PASSWORD);
  if (owner) for (const path of [directory, passwordFile]) chownSync(path, owner.uid, owner.gid);
  run('initdb', '--pgdata', data, '--username', server.user, '--pwfile', passwordFile, ...INITDB);

  const url = (database = 'postgres'): string =>
    `postgresql://${server.user}:${PASSWORD}@${server.host}:${port}/${database}`;
  const ask = (sql: string, database = 'postgres'): string =>
    run(
      'psql',
      ...as,
      '--dbname',
      database,
      '--no-psqlrc',
      '--tuples-only',
      '--no-align',
      '--quiet',
      '-c',
      sql,
    );
  const start = async (): Promise<void> => {
    const all = [`port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${directory}`];
    const args = [...all, ...FAST, ...settings].flatMap((setting) => ['-c', setting]);
    child = spawn(binary('postgres'), ['-D', data, ...args], {
      ...owner,
      cwd: directory,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await readyToAccept(child);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = child;
    child = undefined;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const exited = once(ending, 'exit');
    ending.kill(signal);
    await exited;
  };
  const signalAll = (signal: NodeJS.Signals): void => {
    if (!child?.pid) return;
    const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8');
    for (const pid of [child.pid, ...children.trim().split(' ').map(Number)]) process.kill(pid, signal);
  };

  await start();
  return {
    port,
    directory,
    get pid() {
      return child?.pid ?? 0;
    },
    url,
    createDatabase: (name, template = 'template0') => {
      ask(`create database ${name} template ${template}`);
      return url(name);
    },
    ask,
    kill: () => end('SIGQUIT'),
    start,
    restart: async () => {
      await end('SIGINT');
      await start();
    },
    pause: () => signalAll('SIGSTOP'),
    resume: () => signalAll('SIGCONT'),
    stop: async () => {
      signalAll('SIGCONT');
      await end('SIGQUIT');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const INITDB = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'];

/** PostgreSQL refuses to run as root. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string): number =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: idOf('-u'), gid: idOf('-g') };
  } catch {
    return { uid: 65_534, gid: 65_534 };
  }
}

/** Debian has the server's programs in a folder for each version, of which the newest is taken, and not on PATH. */
function binary(name: string): string {
  const versions = '/usr/lib/postgresql';
  const folders = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)) : [];
  const paths = folders.map((version) => join(versions, version, 'bin', name));
  return paths.find((path) => existsSync(path)) ?? name;
}

function readyToAccept(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`postgres ended with ${code}:\n${output}`)));
    child.stderr?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-10_000);
      if (output.includes('database system is ready to accept connections')) resolve();
    });
  });
}
