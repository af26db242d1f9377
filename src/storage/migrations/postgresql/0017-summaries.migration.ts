import { Migration } from '@mikro-orm/migrations';

/** Compared byte by byte: no update of the system's languages can put an index out of order. */
const TEXT = 'text collate "C"';

/** Summaries, where they were posted, and what they cost; and what people chose about them. */
export class SummariesMigration extends Migration {
  override name = '0017-summaries';

  override up(): void {
    this.addSql(`create table summary (
      job_id ${TEXT} not null,
      driver ${TEXT} not null,
      digest ${TEXT} null,
      text ${TEXT} null,
      made_by ${TEXT} null,
      way ${TEXT} null,
      input double precision not null,
      output double precision not null,
      estimated boolean not null,
      created_at timestamptz(3) null,
      lease_owner ${TEXT} null,
      lease_until timestamptz(3) null,
      person ${TEXT} null,
      held double precision not null,
      primary key (job_id, driver),
      constraint summary_job_id_foreign foreign key (job_id) references job (id) on delete cascade
    )`);
    this.addSql(`create table summary_post (
      id ${TEXT} not null primary key,
      job_id ${TEXT} not null,
      posted jsonb not null,
      constraint summary_post_job_id_foreign foreign key (job_id) references job (id) on delete cascade
    )`);
    this.addSql('create index summary_post_of_job on summary_post (job_id)');
    this.addSql(`create table summary_use (
      person ${TEXT} not null,
      month ${TEXT} not null,
      summaries double precision not null,
      input double precision not null,
      output double precision not null,
      estimated boolean not null,
      primary key (person, month)
    )`);
    this.addSql('create index summary_use_month on summary_use (month)');
    this.addSql(`alter table preference add column summarizer ${TEXT} null`);
    this.addSql('alter table preference add column summary_hosts jsonb null');
  }

  override down(): void {
    for (const table of ['summary_use', 'summary_post', 'summary']) this.addSql(`drop table ${table}`);
    for (const column of ['summarizer', 'summary_hosts'])
      this.addSql(`alter table preference drop column ${column}`);
  }
}
