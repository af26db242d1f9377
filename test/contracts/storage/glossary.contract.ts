import { GlossaryPlace } from '../../../src/core/glossary-store';
import { jobIn } from '../../support/job-stages';
import { TestStorage } from '../../support/storage';
import { StorageUnderTest } from './storage-under-test';

const MOST = 5;

/** Names and terms of places, and what is suggested for them. */
export function describeGlossary(under: StorageUnderTest): void {
  describe('glossaries', () => {
    let storage: TestStorage;
    beforeEach(async () => void (storage = await under.open()));
    afterEach(() => storage.close());
    const here: GlossaryPlace = { platform: 'discord', id: 'guild' };
    const there: GlossaryPlace = { platform: 'slack', id: 'guild' };
    const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 0, minute));
    const words = async (place = here): Promise<string[]> =>
      (await storage.glossary.terms(place)).map(({ term }) => term);
    const suggested = async (place = here): Promise<string[]> =>
      (await storage.glossary.suggestions(place)).map(({ term }) => term);

    it('belong to one place, the newest term first', async () => {
      const { glossary } = storage;
      expect(await glossary.add(here, ['Köln', 'Ada'], at(1), MOST)).toBe(true);
      await glossary.add(here, ['Zoë'], at(2), MOST);
      await glossary.add(there, ['Other'], at(3), MOST);
      expect(await glossary.terms(here)).toEqual([
        { term: 'Zoë', addedAt: at(2) },
        { term: 'Ada', addedAt: at(1) },
        { term: 'Köln', addedAt: at(1) },
      ]);
      expect(await glossary.remove(here, ['KÖLN', 'Nobody'])).toBe(1);
      expect(await words()).toEqual(['Zoë', 'Ada']);
      await glossary.erase(here);
      expect([await words(), await words(there)]).toEqual([[], ['Other']]);
    });

    it('take a new spelling of a term for the same term, and never hold too many', async () => {
      const { glossary } = storage;
      const other = await under.openAgain(storage);
      await glossary.add(here, ['hark'], at(1), MOST);
      await glossary.add(here, ['Hark'], at(2), MOST);
      expect(await glossary.terms(here)).toEqual([{ term: 'Hark', addedAt: at(2) }]);
      const four = (name: string): string[] => ['a', 'b', 'c', 'd'].map((letter) => `${name}${letter}`);
      const added = await Promise.all([
        glossary.add(here, four('x'), at(3), MOST),
        other.glossary.add(here, four('y'), at(3), MOST),
      ]);
      expect(added.filter(Boolean)).toHaveLength(1);
      expect(await words()).toHaveLength(MOST);
      expect(await glossary.add(here, ['HARK'], at(4), MOST)).toBe(true);
      await other.close();
    });

    it('are suggested terms once, until somebody decides', async () => {
      const { glossary } = storage;
      const [one, two] = [await jobIn(storage, 'done', true), await jobIn(storage, 'done', true)];
      const suggest = (job: { id: string }, personId: string, terms: string[], minute: number) =>
        glossary.suggest(
          terms.map((term) => ({ place: here, term, insteadOf: 'x', suggestedAt: at(minute) })),
          { jobId: job.id, personId },
          3,
        );
      await glossary.add(here, ['Known'], at(0), MOST);
      await suggest(one, 'ada', ['Anneliese', 'known'], 1);
      await suggest(two, 'ben', ['ANNELIESE', 'Zoë', 'Köln'], 2);
      expect(await glossary.suggestions(here)).toEqual(
        [
          ['Köln', 2],
          ['Zoë', 2],
          ['Anneliese', 1],
        ].map(([term, minute]) => ({
          place: here,
          term,
          insteadOf: 'x',
          suggestedAt: at(Number(minute)),
        })),
      );
      expect(await suggested(there)).toEqual([]);
      await suggest(two, 'ben', ['Newest'], 3);
      expect(await suggested()).toEqual(['Newest', 'Köln', 'Zoë']);
      expect([await glossary.dismiss(here, 'zoë'), await glossary.dismiss(here, 'zoë')]).toEqual([
        true,
        false,
      ]);
      await glossary.add(here, ['Köln'], at(4), MOST);
      expect(await suggested()).toEqual(['Newest']);
      expect(await glossary.places(9)).toEqual([{ ...here, terms: 2, suggestions: 1 }]);
    });

    it('lose suggestions with the note, and with the consent of whoever made them', async () => {
      const { glossary, jobs } = storage;
      const [one, two] = [await jobIn(storage, 'done', true), await jobIn(storage, 'done', false)];
      const of = (term: string) => [{ place: here, term, suggestedAt: at(1) }];
      await glossary.suggest(of('Ada'), { jobId: one.id, personId: 'ada' }, 9);
      await glossary.suggest(of('Ben'), { jobId: two.id, personId: 'ben' }, 9);
      await glossary.suggest(of('Gone'), { jobId: 'nothing', personId: 'ben' }, 9);
      expect((await glossary.suggestedBy('discord', 'ben')).map(({ term }) => term)).toEqual(['Ben']);
      await glossary.forgetSuggestionsOf('slack', 'ben');
      await jobs.erase(one.id);
      expect(await suggested()).toEqual(['Ben']);
      await glossary.forgetSuggestionsOf('discord', 'ben');
      expect(await suggested()).toEqual([]);
    });
  });
}
