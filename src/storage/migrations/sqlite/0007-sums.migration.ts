import { Migration } from '@mikro-orm/migrations';

/** What the jobs sum up to, kept by triggers: counting them anew takes longer the more there are. */
export class SumsMigration extends Migration {
  override name = '0007-sums';

  override up(): void {
    for (const statement of [TABLE, FILL, ...TRIGGERS]) this.addSql(statement);
    this.addSql('drop index job_sums');
    this.addSql('create index job_spoken on job (created_at, id) where transcript_id is not null');
  }

  override down(): void {
    for (const when of ['insert', 'update', 'delete']) this.addSql(`drop trigger job_sum_${when}`);
    this.addSql('drop table job_sum');
    this.addSql('drop index job_spoken');
    this.addSql('create index job_sums on job (status, platform, decoded_seconds)');
  }
}

/** May start at any time. */
const openOf = (row: string): string =>
  `(${row}.status = 'queued' and ${row}.behind = false and ${row}.available_at is null)`;

/** Counts for what was read. */
const secondsOf = (row: string): string =>
  `case when ${row}.status = 'done' then coalesce(${row}.decoded_seconds, 0) else 0 end`;

const TABLE = `create table job_sum (
  status text not null,
  platform text not null,
  open integer not null,
  jobs integer not null,
  seconds double not null,
  primary key (status, platform, open)
) without rowid`;

const FILL = `insert into job_sum
  select status, platform, ${openOf('job')} as open, count(*), total(case when status = 'done' then decoded_seconds end)
  from job group by status, platform, open`;

const COME = `insert into job_sum values (new.status, new.platform, ${openOf('new')}, 1, ${secondsOf('new')})
  on conflict (status, platform, open) do update set jobs = jobs + 1, seconds = seconds + excluded.seconds;`;
const GO = `update job_sum set jobs = jobs - 1, seconds = seconds - ${secondsOf('old')}
  where status = old.status and platform = old.platform and open = ${openOf('old')};`;

const TRIGGERS = [
  `create trigger job_sum_insert after insert on job begin ${COME} end`,
  `create trigger job_sum_delete after delete on job begin ${GO} end`,
  `create trigger job_sum_update after update of status, platform, behind, available_at, decoded_seconds on job
    when old.status <> new.status or old.platform <> new.platform or ${openOf('old')} <> ${openOf('new')}
      or (new.status = 'done' and old.decoded_seconds is not new.decoded_seconds)
    begin ${GO} ${COME} end`,
];
