import { SqlEntityManager } from '@mikro-orm/sql';
import {
  GlossaryPlace,
  GlossaryStore,
  GlossaryTerm,
  SuggestionSource,
  TermSuggestion,
} from '../core/glossary-store';
import { keyOfTerm } from '../core/glossary-term';
import { PlatformName } from '../core/voice-note';
import { Database } from './database';
import { GlossarySuggestionEntity } from './entities/glossary-suggestion.entity';
import { GlossaryTermEntity } from './entities/glossary-term.entity';
import { JobEntity } from './entities/job.entity';

/** Names and terms of places. Whoever adds some holds up who adds others there, so that they can be counted. */
export class GlossaryRepository extends GlossaryStore {
  constructor(private readonly database: Database) {
    super();
  }

  terms(place: GlossaryPlace): Promise<GlossaryTerm[]> {
    return this.database.read(async (em) => {
      const rows = await em.execute<{ term: string; added_at: Date | number | string }[]>(
        `select term, added_at from glossary_term where platform = ? and place = ?
         order by added_at desc, term_key`,
        [place.platform, place.id],
      );
      return rows.map(({ term, added_at }) => ({ term, addedAt: new Date(added_at) }));
    });
  }

  add(place: GlossaryPlace, terms: readonly string[], addedAt: Date, most: number): Promise<boolean> {
    return this.database.write(async (em) => {
      await this.hold(em, place);
      const termKey = { $in: terms.map(keyOfTerm) };
      const others = await em.count(GlossaryTermEntity, { ...rowsOf(place), $not: { termKey } });
      if (others + terms.length > most) return false;
      const rows = terms.map((term) => ({ ...rowsOf(place), termKey: keyOfTerm(term), term, addedAt }));
      await em.upsertMany(GlossaryTermEntity, rows);
      await em.nativeDelete(GlossarySuggestionEntity, { ...rowsOf(place), termKey });
      return true;
    });
  }

  async remove(place: GlossaryPlace, terms: readonly string[]): Promise<number> {
    const termKey = { $in: terms.map(keyOfTerm) };
    const count = await this.database.write((em) =>
      em.nativeDelete(GlossaryTermEntity, { ...rowsOf(place), termKey }),
    );
    if (count > 0) await this.database.purge();
    return count;
  }

  async erase(place: GlossaryPlace): Promise<void> {
    await this.database.write(async (em) => {
      await em.nativeDelete(GlossaryTermEntity, rowsOf(place));
      await em.nativeDelete(GlossarySuggestionEntity, rowsOf(place));
    });
    await this.database.purge();
  }

  places(limit: number): Promise<(GlossaryPlace & { terms: number; suggestions: number })[]> {
    return this.database.read(async (em) => {
      const rows = await em.execute<(GlossaryPlace & { terms: number; suggestions: number })[]>(PLACES, [
        limit,
      ]);
      return rows.map(({ platform, id, terms, suggestions }) => ({
        platform,
        id,
        terms: Number(terms),
        suggestions: Number(suggestions),
      }));
    });
  }

  suggest(
    suggestions: readonly TermSuggestion[],
    { jobId, personId }: SuggestionSource,
    most: number,
  ): Promise<void> {
    return this.database.write(async (em) => {
      if (!(await em.findOne(JobEntity, { id: jobId }, { fields: ['id'] }))) return;
      for (const { place, term, insteadOf, suggestedAt } of suggestions) {
        const row = { ...rowsOf(place), termKey: keyOfTerm(term) };
        if ((await em.count(GlossaryTermEntity, row)) > 0) continue;
        const suggestion = { ...row, term, insteadOf: insteadOf ?? null, job: jobId, personId, suggestedAt };
        await em.upsert(GlossarySuggestionEntity, suggestion, { onConflictAction: 'ignore' });
        await keepNewest(em, place, most);
      }
    });
  }

  suggestions(place: GlossaryPlace): Promise<TermSuggestion[]> {
    return this.database.read((em) => suggested(em, rowsOf(place)));
  }

  async dismiss(place: GlossaryPlace, term: string): Promise<boolean> {
    const row = { ...rowsOf(place), termKey: keyOfTerm(term) };
    const count = await this.database.write((em) => em.nativeDelete(GlossarySuggestionEntity, row));
    if (count > 0) await this.database.purge();
    return count > 0;
  }

  suggestedBy(platform: PlatformName, personId: string): Promise<TermSuggestion[]> {
    return this.database.read((em) => suggested(em, { platform, personId }));
  }

  async forgetSuggestionsOf(platform: PlatformName, personId: string): Promise<void> {
    const own = { platform, personId };
    const count = await this.database.write((em) => em.nativeDelete(GlossarySuggestionEntity, own));
    if (count > 0) await this.database.purge();
  }

  private hold(em: SqlEntityManager, { platform, id }: GlossaryPlace): Promise<void> {
    return this.database.dialect.lock(em, [`glossary ${JSON.stringify([platform, id])}`]);
  }
}

const PLACES = `select platform, place as id, sum(terms) as terms, sum(suggestions) as suggestions from (
    select platform, place, 1 as terms, 0 as suggestions from glossary_term
    union all
    select platform, place, 0 as terms, 1 as suggestions from glossary_suggestion
  ) as each_of_them group by platform, place order by platform, place limit ?`;

function rowsOf({ platform, id }: GlossaryPlace): { platform: PlatformName; place: string } {
  return { platform, place: id };
}

async function suggested(
  em: SqlEntityManager,
  where: Partial<Pick<GlossarySuggestionEntity, 'platform' | 'place' | 'personId'>>,
): Promise<TermSuggestion[]> {
  const orderBy = { suggestedAt: 'desc', termKey: 'asc' } as const;
  const rows = await em.find(GlossarySuggestionEntity, where, { orderBy });
  return rows.map(({ platform, place, term, insteadOf, suggestedAt }) => ({
    place: { platform, id: place },
    term,
    ...(insteadOf && { insteadOf }),
    suggestedAt,
  }));
}

async function keepNewest(em: SqlEntityManager, place: GlossaryPlace, most: number): Promise<void> {
  const orderBy = { suggestedAt: 'desc', termKey: 'asc' } as const;
  const rows = await em.find(GlossarySuggestionEntity, rowsOf(place), { orderBy, fields: ['termKey'] });
  const old = rows.slice(most).map(({ termKey }) => termKey);
  if (old.length > 0)
    await em.nativeDelete(GlossarySuggestionEntity, { ...rowsOf(place), termKey: { $in: old } });
}
