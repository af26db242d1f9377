import { pino } from 'pino';
import { openLogOutput } from './log-output';

describe('openLogOutput', () => {
  const written: string[] = [];
  const stream = { write: (line: string) => void written.push(line) };
  beforeEach(() => {
    written.length = 0;
  });

  it('writes JSON as it is', () => {
    pino({}, openLogOutput(stream, 'json')).info('plain');
    expect(JSON.parse(written.join(''))).toMatchObject({ msg: 'plain' });
  });

  it('writes lines for people', () => {
    pino({}, openLogOutput(stream, 'pretty')).info({ context: 'Intake', jobId: 7 }, 'taken');
    expect(written.join('')).toMatch(/INFO.*\[Intake\] taken/);
    expect(written.join('')).toContain('jobId');
    expect(written.join('')).not.toContain('hostname');
  });
});
