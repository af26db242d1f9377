import { Migration } from '@mikro-orm/migrations';

/** The language in which somebody's notes usually are. */
export class HeardLanguageMigration extends Migration {
  override name = '0018-heard-language';

  override up(): void {
    this.addSql('alter table preference add column heard_language text null');
    this.addSql('alter table preference add column heard_notes integer null');
  }

  override down(): void {
    for (const column of ['heard_notes', 'heard_language'])
      this.addSql(`alter table preference drop column ${column}`);
  }
}
