import { beginLean } from './process-memory';

type Given = Parameters<typeof beginLean>[0] & object;
type Begun = { args: readonly string[]; env: NodeJS.ProcessEnv };

/** What a process that begins so would begin anew as; undefined when it goes on as it is. */
function begunAnew(given: Partial<Given>): Begun | undefined {
  let begun: Begun | undefined;
  beginLean({
    argv: ['/bin/node', 'dist/main.js'],
    connected: false,
    env: { PORT: '3000' },
    execArgv: [],
    execPath: '/bin/node',
    platform: 'linux',
    execve: (_file, args = [], env = {}) => void (begun = { args, env }) as never,
    ...given,
  });
  return begun;
}

describe('a process that runs for long', () => {
  it('begins anew with one heap that gives back and little room for what is short-lived', () => {
    const { args, env } = begunAnew({ execArgv: ['--enable-source-maps'] }) ?? {};
    expect(args).toEqual(['/bin/node', '--enable-source-maps', '--max-semi-space-size=2', 'dist/main.js']);
    expect(env).toMatchObject({
      PORT: '3000',
      MALLOC_ARENA_MAX: '1',
      MALLOC_MMAP_THRESHOLD_: '32768',
      MALLOC_TRIM_THRESHOLD_: '131072',
    });
  });

  it('does so once', () => {
    const { env } = begunAnew({}) ?? {};
    expect(begunAnew({ env })).toBeUndefined();
  });

  it('does so once where the allocator’s variables are taken from it, and leaves no trace for those it starts', () => {
    const begun = begunAnew({})?.env ?? {};
    const env = Object.fromEntries(Object.entries(begun).filter(([name]) => !name.startsWith('MALLOC_')));
    expect(begunAnew({ env })).toBeUndefined();
    expect(env).toEqual({ PORT: '3000' });
  });

  it.each([
    { execArgv: ['--max-semi-space-size=16'] },
    { execArgv: ['--max_semi_space_size=16'] },
    { env: { NODE_OPTIONS: '--enable-source-maps --max-semi-space-size=16' } },
    { env: { NODE_OPTIONS: '--max_semi_space_size=16' } },
  ])('keeps the room that somebody has chosen: %j', (chosen) => {
    expect(begunAnew(chosen)?.args).not.toContain('--max-semi-space-size=2');
    expect(begunAnew(chosen)?.env).toMatchObject({ MALLOC_ARENA_MAX: '1' });
  });

  it.each([{ env: { MALLOC_ARENA_MAX: '4' } }, { platform: 'darwin' as const }, { connected: true }])(
    'goes on as it is where that is somebody’s choice or cannot be: %j',
    (given) => expect(begunAnew(given)).toBeUndefined(),
  );
});
