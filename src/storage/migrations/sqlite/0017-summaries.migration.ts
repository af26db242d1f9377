import { Migration } from '@mikro-orm/migrations';

/** Summaries, where they were posted, and what they cost; and what people chose about them. */
export class SummariesMigration extends Migration {
  override name = '0017-summaries';

  override up(): void {
    this.addSql(`create table summary (
      job_id text not null,
      driver text not null,
      digest text null,
      text text null,
      made_by text null,
      way text null,
      input double not null,
      output double not null,
      estimated integer not null,
      created_at datetime null,
      lease_owner text null,
      lease_until datetime null,
      person text null,
      held double not null,
      primary key (job_id, driver),
      constraint summary_job_id_foreign foreign key (job_id) references job (id) on delete cascade
    )`);
    this.addSql(`create table summary_post (
      id text not null primary key,
      job_id text not null,
      posted json not null,
      constraint summary_post_job_id_foreign foreign key (job_id) references job (id) on delete cascade
    )`);
    this.addSql('create index summary_post_of_job on summary_post (job_id)');
    this.addSql(`create table summary_use (
      person text not null,
      month text not null,
      summaries double not null,
      input double not null,
      output double not null,
      estimated integer not null,
      primary key (person, month)
    )`);
    this.addSql('create index summary_use_month on summary_use (month)');
    this.addSql('alter table preference add column summarizer text null');
    this.addSql('alter table preference add column summary_hosts json null');
  }

  override down(): void {
    for (const table of ['summary_use', 'summary_post', 'summary']) this.addSql(`drop table ${table}`);
    for (const column of ['summarizer', 'summary_hosts'])
      this.addSql(`alter table preference drop column ${column}`);
  }
}
