import { Migration } from '@mikro-orm/migrations';

/** What the jobs sum up to, kept by triggers: counting them anew takes longer the more there are. */
export class SumsMigration extends Migration {
  override name = '0007-sums';

  override up(): void {
    for (const statement of [TABLE, FILL, FUNCTION, ...TRIGGERS]) this.addSql(statement);
    this.addSql('drop index job_sums');
    this.addSql('create index job_spoken on job (created_at, id) where transcript_id is not null');
    for (const statement of SEARCH) this.addSql(statement);
  }

  override down(): void {
    for (const when of ['insert', 'update', 'delete']) this.addSql(`drop trigger job_sum_${when} on job`);
    this.addSql('drop function job_sum_add');
    this.addSql('drop table job_sum');
    this.addSql('drop index job_spoken');
    this.addSql('create index job_sums on job (status, platform, decoded_seconds)');
    for (const statement of SEARCH_BACK) this.addSql(statement);
  }
}

/** May start at any time. */
const openOf = (row: string): string =>
  `(${row}.status = 'queued' and ${row}.behind = false and ${row}.available_at is null)`;

/** Counts for what was read. */
const secondsOf = (row: string): string =>
  `case when ${row}.status = 'done' then coalesce(${row}.decoded_seconds, 0) else 0 end`;

/**
 * Sums are added to, never changed, so that no transaction waits for another one; `job_sum_add` folds them up now and
 * then.
 */
const TABLE = `create table job_sum (
  status text collate "C" not null,
  platform text collate "C" not null,
  open boolean not null,
  jobs bigint not null,
  seconds double precision not null
)`;

const FILL = `insert into job_sum
  select status, platform, ${openOf('job')}, count(*),
    coalesce(sum(decoded_seconds) filter (where status = 'done'), 0)
  from job group by 1, 2, 3`;

/** What somebody else folds up at the same moment is left to them. */
const FUNCTION = `create function job_sum_add() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    insert into job_sum values (old.status, old.platform, ${openOf('old')}, -1, -(${secondsOf('old')}));
  end if;
  if tg_op <> 'DELETE' then
    insert into job_sum values (new.status, new.platform, ${openOf('new')}, 1, ${secondsOf('new')});
  end if;
  if random() < 0.01 then
    with seen as (select ctid from job_sum for update skip locked),
      gone as (delete from job_sum using seen where job_sum.ctid = seen.ctid
        returning job_sum.status, job_sum.platform, job_sum.open, job_sum.jobs, job_sum.seconds)
    insert into job_sum
      select status, platform, open, sum(jobs), sum(seconds) from gone group by status, platform, open;
  end if;
  return null;
end $$`;

const TRIGGERS = [
  'create trigger job_sum_insert after insert on job for each row execute function job_sum_add()',
  'create trigger job_sum_delete after delete on job for each row execute function job_sum_add()',
  `create trigger job_sum_update after update of status, platform, behind, available_at, decoded_seconds on job for each row
    when (old.status <> new.status or old.platform <> new.platform or ${openOf('old')} <> ${openOf('new')}
      or (new.status = 'done' and old.decoded_seconds is distinct from new.decoded_seconds))
    execute function job_sum_add()`,
];

/** Taken apart once, not in every search; the server also learns which words are frequent. */
const SEARCH = [
  'drop index transcript_search_words',
  `alter table transcript_search
    add column word_set tsvector generated always as (array_to_tsvector(string_to_array(trim(words), ' '))) stored`,
  'create index transcript_search_word_set on transcript_search using gin (word_set)',
];

const SEARCH_BACK = [
  'alter table transcript_search drop column word_set',
  `create index transcript_search_words on transcript_search
    using gin (array_to_tsvector(string_to_array(trim(words), ' ')))`,
];
