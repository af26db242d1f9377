/**
 * For glibc, whose own choices suit programs that free little: each thread gets a heap of its own, and what modules
 * took up while they were compiled stays with the process. So there is one heap, and what is free goes back.
 */
const ALLOCATOR = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
};
/** Most of what hark makes is short-lived and small; V8's own choice would set 16 MiB apart for it. */
const YOUNG = '--max-semi-space-size=2';

/**
 * Has this process begin anew, with the same number, where it did not begin as one that runs for long should: both are
 * asked before anything of hark is. Whoever sets one of them is left alone with it. Elsewhere than on Linux, and before
 * Node 23.11, nothing happens.
 */
export function beginLean(env: NodeJS.ProcessEnv = process.env): void {
  const begun = Object.keys(ALLOCATOR).some((name) => env[name] !== undefined);
  // A parent that talks to this process has opened a channel that would be lost.
  if (begun || process.platform !== 'linux' || !('execve' in process) || process.connected) return;
  const young = process.execArgv.some((flag) => flag.includes('semi-space-size')) ? [] : [YOUNG];
  const [, ...program] = process.argv;
  process.execve?.(process.execPath, [process.execPath, ...process.execArgv, ...young, ...program], {
    ...definedOnly(env),
    ...ALLOCATOR,
  });
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
