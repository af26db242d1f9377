import { SqlEntityManager } from '@mikro-orm/sql';
import { PlatformName } from '../core/voice-note';
import { JobEntity } from './entities/job.entity';
import { PreferenceEntity } from './entities/preference.entity';
import { chosenIn } from './chosen-preferences';

type Key = Pick<PreferenceEntity, 'platform' | 'kind' | 'scopeId'>;

/** Nor is it remembered whose language that was, unless they have chosen something. */
export async function forgetHeardLanguage(em: SqlEntityManager, user: Key): Promise<void> {
  await em.nativeUpdate(PreferenceEntity, user, { heardLanguage: null, heardNotes: null });
  const row = await em.fork({ keepTransactionContext: true }).findOne(PreferenceEntity, user);
  if (row && Object.keys(chosenIn(row)).length === 0) await em.nativeDelete(PreferenceEntity, user);
}

/** After a note of theirs was erased: with the last one goes what was learnt from them. */
export async function forgetLanguageWithoutNotes(
  em: SqlEntityManager,
  platform: PlatformName,
  authorId: string,
): Promise<void> {
  const user: Key = { platform, kind: 'user', scopeId: authorId };
  if ((await em.count(PreferenceEntity, { ...user, heardLanguage: { $ne: null } })) === 0) return;
  const another = await em.findOne(JobEntity, { authorId, platform }, { fields: ['id'] });
  if (!another) await forgetHeardLanguage(em, user);
}
