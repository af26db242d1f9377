import { StoredTerm, TermStore } from '../core/term-store';
import { Database } from './database';
import { TermEntity } from './entities/term.entity';

/** The fence. Every change is one conditional update, so that of two that begin at once one does. */
export class TermRepository extends TermStore {
  constructor(private readonly database: Database) {
    super();
  }

  latest(): Promise<StoredTerm | undefined> {
    return this.database.read(async (em) => {
      const row = await em.findOne(TermEntity, { office: 'bot' });
      if (!row) return undefined;
      const { number, holder, since, seenAt, over } = row;
      return { number, holder, since, seenAt, over };
    });
  }

  begin(number: number, holder: string, now: Date): Promise<boolean> {
    return this.database.write(async (em) => {
      const term = { number, holder, since: now, seenAt: now, over: false };
      const later = { office: 'bot', number: { $lt: number } };
      if ((await em.nativeUpdate(TermEntity, later, term)) > 0) return true;
      if (await em.findOne(TermEntity, { office: 'bot' }, { fields: ['number'] })) return false;
      await em.persist(new TermEntity(term)).flush();
      return true;
    });
  }

  isLatest(number: number): Promise<boolean> {
    return this.database.read(async (em) => (await em.count(TermEntity, { office: 'bot', number })) > 0);
  }

  seen(number: number, now: Date): Promise<boolean> {
    return this.update(number, { seenAt: now });
  }

  async end(number: number, now: Date): Promise<void> {
    await this.update(number, { seenAt: now, over: true });
  }

  private update(number: number, change: { seenAt: Date; over?: boolean }): Promise<boolean> {
    return this.database.write(
      async (em) => (await em.nativeUpdate(TermEntity, { office: 'bot', number }, change)) > 0,
    );
  }
}
