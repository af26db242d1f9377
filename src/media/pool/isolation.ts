import { spawnSync } from 'node:child_process';

/** How a program is started that needs no network. */
export interface Isolation {
  /** Stands before the program and its arguments; empty where the system offers nothing. */
  command: readonly string[];
  /** Whether the network is taken from it. */
  offline: boolean;
  /** Whether its user is counted by itself, so that a limit on processes counts nobody else's. */
  ownUser: boolean;
}

const UNSHARE = ['unshare', '--net'];
/**
 * A network of its own has no interface but a loopback that is down. An ordinary user needs a user namespace for it,
 * which many containers and some distributions forbid; root does without, but has no rights outside its own either then.
 */
const WAYS: readonly Isolation[] = [
  { command: [...UNSHARE, '--user', '--map-current-user', '--'], offline: true, ownUser: true },
  { command: [...UNSHARE, '--user', '--map-root-user', '--'], offline: true, ownUser: true },
  { command: [...UNSHARE, '--'], offline: true, ownUser: false },
];
const NONE: Isolation = { command: [], offline: false, ownUser: false };

const found = new Map<string, Isolation>();

/** The best that this system offers; tried out once. `searchPath`: as in PATH. */
export function isolation(searchPath: string): Isolation {
  const known = found.get(searchPath);
  if (known) return known;
  const best = process.platform === 'linux' ? (WAYS.find((way) => works(way, searchPath)) ?? NONE) : NONE;
  found.set(searchPath, best);
  return best;
}

function works({ command: [program, ...args] }: Isolation, searchPath: string): boolean {
  const options = { env: { PATH: searchPath }, stdio: 'ignore', timeout: 5_000 } as const;
  return spawnSync(program!, [...args, 'true'], options).status === 0;
}
