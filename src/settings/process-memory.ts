/**
 * For glibc, whose own choices suit programs that free little: each thread gets a heap of its own, and what modules
 * took up while they were compiled stays with the process. So there is one heap, and what is free goes back; pieces of
 * recordings, which come and go by the dozen, lie apart from it and leave no holes between what stays.
 */
export const ALLOCATOR = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '32768',
  MALLOC_TRIM_THRESHOLD_: '131072',
};
/** Most of what hark makes is short-lived and small; V8's own choice would set 16 MiB apart for it. */
const YOUNG = '--max-semi-space-size=2';
/** V8 takes its flags in either spelling. */
const SAYS_YOUNG = /semi[-_]space[-_]size/;
/**
 * Says that the process has begun anew. The allocator's own variables are no sign of it: glibc drops them where a file
 * capability gives the program more rights than its user has, as a node that may take port 80 or 443.
 */
const BEGUN = 'HARK_BEGUN_ANEW';

/** What is asked of the process itself. */
type Process = Pick<
  NodeJS.Process,
  'argv' | 'connected' | 'env' | 'execArgv' | 'execPath' | 'execve' | 'platform'
>;

/**
 * Has this process begin anew, with the same number, where it did not begin as one that runs for long should: both are
 * asked before anything of hark is. Whoever sets one of them is left alone with it. Elsewhere than on Linux nothing
 * happens.
 */
export function beginLean(self: Process = process): void {
  const { argv, env, execArgv, execPath } = self;
  if (env[BEGUN] !== undefined) {
    // Nobody whom this process starts is to take it for theirs.
    delete env[BEGUN];
    return;
  }
  const isChosen = Object.keys(ALLOCATOR).some((name) => env[name] !== undefined);
  // A parent that talks to this process has opened a channel that would be lost.
  if (isChosen || self.platform !== 'linux' || self.connected) return;
  const saysYoung = [...execArgv, env.NODE_OPTIONS ?? ''].some((flags) => SAYS_YOUNG.test(flags));
  const [, ...program] = argv;
  self.execve?.(execPath, [execPath, ...execArgv, ...(saysYoung ? [] : [YOUNG]), ...program], {
    ...definedOnly(env),
    ...ALLOCATOR,
    [BEGUN]: '1',
  });
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
