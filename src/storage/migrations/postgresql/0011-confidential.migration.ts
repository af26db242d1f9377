import { Migration } from '@mikro-orm/migrations';

/** What is for some people only: not private asks alone, but direct messages, too. Of these no audio stays. */
export class ConfidentialMigration extends Migration {
  override name = '0011-confidential';

  override up(): void {
    this.addSql('alter table job add column confidential boolean not null default false');
    const direct = "select id from answer where (address ->> 'direct')::boolean";
    this.addSql(
      `update job set confidential = true
       where private or (answer_id is not null and (workspace = '' or answer_id in (${direct})))`,
    );
    // The janitor removes uploads that no job names.
    this.addSql('update job set audio_id = null, audio_bytes = null, result_place = null where confidential');
  }

  override down(): void {
    this.addSql('alter table job drop column confidential');
  }
}
