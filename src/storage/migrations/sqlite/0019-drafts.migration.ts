import { Migration } from '@mikro-orm/migrations';

/** What a small model has heard, until the chosen one has. */
export class DraftsMigration extends Migration {
  override name = '0019-drafts';

  override up(): void {
    this.addSql('alter table job add column draft json null');
  }

  override down(): void {
    this.addSql('alter table job drop column draft');
  }
}
