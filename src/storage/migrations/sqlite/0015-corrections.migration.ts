import { Migration } from '@mikro-orm/migrations';

/** What people correct, and the names and terms that places teach the engine. */
export class CorrectionsMigration extends Migration {
  override name = '0015-corrections';

  override up(): void {
    for (const statement of UP) this.addSql(statement);
  }

  override down(): void {
    for (const statement of DOWN) this.addSql(statement);
  }
}

const UP = [
  'alter table transcript add column heard_text text null',
  'alter table transcript add column heard_segments json null',
  'alter table transcript add column corrected_by text null',
  'alter table transcript add column corrected_at datetime null',
  'alter table job add column glossary_key text null',
  'alter table preference add column suggest_terms integer null',
  `create table glossary_term (
    platform text not null,
    place text not null,
    term_key text not null,
    term text not null,
    added_at datetime not null,
    primary key (platform, place, term_key)
  )`,
  `create table glossary_suggestion (
    platform text not null,
    place text not null,
    term_key text not null,
    term text not null,
    instead_of text null,
    job_id text not null,
    person_id text not null,
    suggested_at datetime not null,
    primary key (platform, place, term_key),
    constraint glossary_suggestion_job_id_foreign foreign key (job_id) references job (id) on delete cascade
  )`,
  'create index glossary_suggestion_job on glossary_suggestion (job_id)',
];

const DOWN = [
  'drop table glossary_suggestion',
  'drop table glossary_term',
  'alter table preference drop column suggest_terms',
  'alter table job drop column glossary_key',
  'alter table transcript drop column corrected_at',
  'alter table transcript drop column corrected_by',
  'alter table transcript drop column heard_segments',
  'alter table transcript drop column heard_text',
];
