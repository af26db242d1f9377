import { Migration } from '@mikro-orm/migrations';

/** By which results are found again, and which jobs got theirs that way. */
export class KeptResultsMigration extends Migration {
  override name = '0002-kept-results';

  override up(): void {
    this.addSql('alter table job add column result_key text null');
    this.addSql('alter table job add column result_place text null');
    this.addSql('alter table job add column reused integer not null default false');
    this.addSql('create index job_of_result on job (result_key, started_at) where result_key is not null');
  }

  override down(): void {
    this.addSql('drop index job_of_result');
    for (const column of ['result_key', 'result_place', 'reused']) {
      this.addSql(`alter table job drop column ${column}`);
    }
  }
}
