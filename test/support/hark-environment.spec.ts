import { harkEnvironment } from './hark-environment';

describe('what a service of the tests finds around it', () => {
  it('are the machine’s programs, and no database or token of whoever runs them', () => {
    const machine = {
      PATH: '/bin',
      WHISPER_SERVER_BIN: '/opt/whisper-server',
      NODE_OPTIONS: '--trace-warnings',
    };
    const own = {
      ...{ DATABASE_URL: 'postgresql://real', DISCORD_TOKEN: 'real', SLACK_BOT_TOKEN: 'real' },
      ...{ REDIS_URL: 'redis://real', WHISPER_SERVER_URL: 'http://real', MALLOC_ARENA_MAX: '8' },
    };
    expect(harkEnvironment({ ...machine, ...own })).toEqual(machine);
  });
});
