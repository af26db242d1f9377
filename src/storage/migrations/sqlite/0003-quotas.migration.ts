import { Migration } from '@mikro-orm/migrations';

/** Who waits where and for how long, so that limits of places, of roles and of length can hold; what has been used. */
export class QuotasMigration extends Migration {
  override name = '0003-quotas';

  override up(): void {
    for (const statement of [...JOBS, ...LINES, ...QUOTAS]) this.addSql(statement);
  }

  override down(): void {
    for (const statement of BACK) this.addSql(statement);
  }
}

const OPEN = "status = 'queued' and behind = false and available_at is null";

/** What is not known yet of unfinished jobs is found out as they are read. */
const JOBS = [
  "alter table job add column workspace text not null default ''",
  "alter table job add column channel text not null default ''",
  'alter table job add column lengthy integer not null default false',
  'alter table job add column length double not null default 60000',
  'alter table job add column fair_at double not null default 0',
  'alter table job add column active_limit integer null',
  `update job set
    workspace = coalesce((select json_extract(address, '$.workspace') from answer where answer.id = job.answer_id), ''),
    channel = coalesce((select channel from answer where answer.id = job.answer_id), ''),
    lengthy = coalesce(decoded_seconds, announced_seconds, 0) > 120,
    length = round(coalesce(decoded_seconds, announced_seconds, 60) * 1000)`,
  'update job set fair_at = created_at + length',
  'drop index job_open',
  `create index job_in_line on job (platform, requester_id, priority, workspace, channel, lengthy, fair_at, id) where ${OPEN}`,
];

/** Lines are made of the job table; they are made anew. */
const LINES = [
  'drop table queue_line',
  `create table queue_line (
    platform text not null,
    requester_id text not null,
    priority integer not null,
    workspace text not null,
    channel text not null,
    lengthy integer not null,
    chat integer not null,
    active_limit integer null,
    running integer not null,
    served_at double not null,
    due_at double not null,
    head_id text not null,
    head_fair_at double not null,
    head_length double not null,
    primary key (platform, requester_id, priority, workspace, channel, lengthy)
  )`,
  'create index queue_line_order on queue_line (lengthy, priority DESC, running, due_at, head_id)',
  `insert into queue_line
    select platform, requester_id, priority, workspace, channel, lengthy, answer_id is not null, null,
      (select count(*) from job as other where other.status = 'running'
        and other.platform = head.platform and other.requester_id = head.requester_id),
      0, fair_at - 3600000, id, fair_at, length
    from (
      select *, row_number() over (
        partition by platform, requester_id, priority, workspace, channel, lengthy order by fair_at, id
      ) as place from job where ${OPEN}
    ) as head where place = 1`,
];

const QUOTAS = [
  'alter table preference add column quota json null',
  `create table quota_use (
    job_id text not null primary key,
    person text not null,
    server text null,
    channel text null,
    created_at double not null,
    seconds double not null
  )`,
  'create index quota_use_person on quota_use (person, created_at)',
  'create index quota_use_server on quota_use (server, created_at)',
  'create index quota_use_channel on quota_use (channel, created_at)',
  'create index quota_use_age on quota_use (created_at)',
];

const BACK = [
  'drop table quota_use',
  'alter table preference drop column quota',
  'drop table queue_line',
  `create table queue_line (
    platform text not null,
    requester_id text not null,
    priority integer not null,
    chat integer not null,
    running integer not null,
    served_at datetime null,
    head_id text not null,
    head_at datetime not null,
    primary key (platform, requester_id, priority)
  )`,
  'create index queue_line_order on queue_line (priority DESC, running, served_at, head_at, head_id)',
  'drop index job_in_line',
  `create index job_open on job (platform, requester_id, priority, created_at, id) where ${OPEN}`,
  `insert into queue_line
    select platform, requester_id, priority, answer_id is not null, 0, null, id, created_at
    from (
      select *, row_number() over (partition by platform, requester_id, priority order by created_at, id) as place
      from job where ${OPEN}
    ) as head where place = 1`,
  ...['active_limit', 'fair_at', 'length', 'lengthy', 'channel', 'workspace'].map(
    (column) => `alter table job drop column ${column}`,
  ),
];
