import { SqlEntityManager } from '@mikro-orm/sql';
import {
  DecidedPlace,
  HeardLanguage,
  PreferenceScope,
  PreferenceStore,
  Preferences,
} from '../core/preference-store';
import { NAMES, chosenIn } from './chosen-preferences';
import { Database } from './database';
import { PreferenceEntity } from './entities/preference.entity';
import { forgetHeardLanguage } from './heard-language';

type Choices = { [K in keyof Preferences]: Preferences[K] | null };

/** One statement: nothing that somebody decides at the same moment can come between. */
const REMEMBER = `insert into preference (platform, kind, scope_id, heard_language, heard_notes)
  select ?, ?, ?, ?, cast(? as integer) from job where id = ?
  on conflict (platform, kind, scope_id) do update
  set heard_language = excluded.heard_language, heard_notes = excluded.heard_notes
  where preference.opted_out is not true`;

export class PreferenceRepository extends PreferenceStore {
  constructor(private readonly database: Database) {
    super();
  }

  get(scope: PreferenceScope): Promise<Preferences> {
    return this.database.read((em) => find(em, scope));
  }

  set(scope: PreferenceScope, change: Preferences): Promise<Preferences> {
    return this.database.write(async (em) => {
      const choices: Choices = {};
      for (const name of NAMES) if (name in change) Object.assign(choices, { [name]: change[name] ?? null });
      await em.upsert(PreferenceEntity, { ...keyOf(scope), ...choices });
      return find(em.fork({ keepTransactionContext: true }), scope);
    });
  }

  places(limit: number): Promise<DecidedPlace[]> {
    return this.database.read(async (em) => {
      const rows = await em.find(
        PreferenceEntity,
        { kind: { $in: ['server', 'channel'] } },
        { orderBy: { platform: 'asc', kind: 'desc', scopeId: 'asc' }, limit },
      );
      return rows
        .map((row) => ({
          scope: { platform: row.platform, kind: row.kind, id: row.scopeId },
          preferences: chosenIn(row),
        }))
        .filter(({ preferences }) => Object.keys(preferences).length > 0);
    });
  }

  async rememberHeard(user: PreferenceScope, heard: HeardLanguage, jobId: string): Promise<void> {
    const { platform, kind, id } = user;
    await this.database.write((em) =>
      em.execute(REMEMBER, [platform, kind, id, heard.language, heard.notes, jobId]),
    );
  }

  async forgetHeard(user: PreferenceScope): Promise<void> {
    await this.database.write((em) => forgetHeardLanguage(em, keyOf(user)));
    await this.database.purge();
  }

  async erase(scope: PreferenceScope): Promise<void> {
    await this.database.write((em) => em.nativeDelete(PreferenceEntity, keyOf(scope)));
    await this.database.purge();
  }
}

/** Asked several times on the way of every note, mostly in vain: too often for the ORM to put the question together. */
async function find(em: SqlEntityManager, { platform, kind, id }: PreferenceScope): Promise<Preferences> {
  const [row] = await em.execute<Record<string, unknown>[]>(
    'select * from preference where platform = ? and kind = ? and scope_id = ?',
    [platform, kind, id],
  );
  return row ? chosenIn(em.map(PreferenceEntity, row)) : {};
}

function keyOf({
  platform,
  kind,
  id,
}: PreferenceScope): Pick<PreferenceEntity, 'platform' | 'kind' | 'scopeId'> {
  return { platform, kind, scopeId: id };
}
