import { noteBytes } from '../support/broken-media';
import { fuzzInput } from './fuzz-input';
import { fuzz } from './fuzz-run';

describe('mutated files', () => {
  it('break nothing and leave nothing', async () => {
    const report = await fuzz({ seed: 1, count: 150, first: 0, http: 0.1, parallel: 2 });
    expect(report.failures).toEqual([]);
  }, 240_000);

  it('are the same with the same seed, and others with another', () => {
    const seeds = ['01-en.ogg', '13-en.wav'].map((name) => ({ name, bytes: noteBytes(name) }));
    const of = (seed: number): string[] =>
      [0, 1, 2, 3].map((number) => fuzzInput(seeds, seed, number, 0.5).bytes.toString('base64'));
    expect(of(7)).toEqual(of(7));
    expect(of(7)).not.toEqual(of(8));
  });
});
