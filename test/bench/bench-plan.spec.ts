import { benchOptions, UsageError } from './bench-options';
import { plannedCases } from './notes/notes-plan';

const cases = (...args: string[]): string[] =>
  plannedCases(benchOptions(args)).map(
    ({ model, seconds, variant, pairs }) => `${model} ${seconds} ${variant} ${pairs}`,
  );

describe('what is measured', () => {
  it('is everything that tells something, in seven pairs', () => {
    const { parts, notes, stored, out } = benchOptions([]);
    expect(parts).toEqual([
      'notes',
      'words',
      'settings',
      'own',
      'full',
      'memory',
      'start',
      'requests',
      'draft',
    ]);
    expect({ notes, stored, out }).toEqual({ notes: 60, stored: [100, 100_000], out: 'docs/performance' });
    const base = cases('--models', 'base');
    expect(base).toEqual([
      ...['base 2 auto 7', 'base 5 auto 7', 'base 10 auto 7', 'base 20 auto 7', 'base 600 auto 7'],
      ...['base 2 known 7', 'base 5 known 7', 'base 10 known 7', 'base 20 known 7'],
      'base 5 busy 7',
    ]);
    expect(cases()).toHaveLength(3 * base.length);
  });

  it('is exactly what is asked for', () => {
    expect(cases('--models', 'tiny', '--lengths', '2,600', '--busy', '--pairs', '3')).toEqual([
      'tiny 2 busy 3',
      'tiny 600 busy 3',
    ]);
    expect(cases('--models', 'base', '--lengths', '10', '--variants', 'auto,known')).toEqual([
      'base 10 auto 7',
      'base 10 known 7',
    ]);
  });

  it('may be less of what takes long', () => {
    expect(
      cases('--models', 'base', '--lengths', '20,600', '--variants', 'auto', '--long-pairs', '2'),
    ).toEqual(['base 20 auto 7', 'base 600 auto 2']);
  });

  it.each([
    [['--part', 'nothing'], '--part is one of'],
    [['--models', 'huge'], '--models is one of'],
    [['--lengths', '2,x'], '--lengths must be a number'],
    [['--pairs', '0'], '--pairs must be a number'],
    [['--speed', '3'], "'--speed'"],
  ])('is not guessed from %j', (args, words) => {
    expect(() => benchOptions(args)).toThrow(UsageError);
    expect(() => benchOptions(args)).toThrow(words);
  });
});
