import { Migration } from '@mikro-orm/migrations';

/** Notes that were erased, by which they are known when their event comes once more. */
export class ErasedNotesMigration extends Migration {
  override name = '0014-erased-notes';

  override up(): void {
    this.addSql(
      `create table erased_note (
        dedupe_key text collate "C" not null primary key,
        created_at double precision not null
      )`,
    );
    this.addSql('create index erased_note_age on erased_note (created_at)');
  }

  override down(): void {
    this.addSql('drop table erased_note');
  }
}
