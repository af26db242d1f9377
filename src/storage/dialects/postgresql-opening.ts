import { SqlEntityManager } from '@mikro-orm/sql';
import { HarkError } from '../../core/errors';
import { codeOf, isLost, messageOf } from '../storage-error.mapper';

const OLDEST = 13;

/** What an admin must change, by what PostgreSQL says. */
const WRONG: readonly [code: RegExp, sentence: string][] = [
  [/^28/, 'refuses the user or the password of DATABASE_URL.'],
  [/^3D000$/, 'has no database of the name in DATABASE_URL.'],
  [/^42501$/, 'does not let the user of DATABASE_URL make tables: the database must be theirs.'],
];

/** Nobody answers at the address, not even with a refusal: the machine may just be starting. */
const SILENT = /^timeout exceeded when trying to connect/;

/** @throws HarkError when hark cannot work with this server or this database */
export async function checkServer(em: SqlEntityManager): Promise<void> {
  const [server] = await em.execute<{ version: string; encoding: string }[]>(
    "select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding",
  );
  const version = Math.floor(Number(server?.version) / 10_000);
  if (version < OLDEST) {
    throw new HarkError(
      'settings_invalid',
      `PostgreSQL ${version} is too old for hark: it needs ${OLDEST} or newer.`,
    );
  }
  if (server?.encoding !== 'UTF8') {
    throw new HarkError(
      'settings_invalid',
      `The database in DATABASE_URL cannot store every text: its encoding is ${server?.encoding} and must be UTF8.`,
    );
  }
}

/** Why the database cannot be opened, in a sentence for whoever starts hark; retryable when the server may come yet. */
export function openingError(error: unknown, url: string): HarkError {
  if (error instanceof HarkError) return error;
  const server = `PostgreSQL at ${URL.parse(url)?.host ?? ''}`;
  const [, wrong] = WRONG.find(([codes]) => codes.test(codeOf(error))) ?? [];
  if (wrong) return new HarkError('settings_invalid', `${server} ${wrong}`, { cause: error });
  const sentence = `${server} cannot be used: ${messageOf(error).split('\n')[0]}.`;
  const retryable = isLost(error) || SILENT.test(messageOf(error));
  return new HarkError('service_unavailable', sentence, { retryable, cause: error });
}
