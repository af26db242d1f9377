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

const TEXT = 'text collate "C"';
const OPEN = "status = 'queued' and behind = false and available_at is null";
/** A time in milliseconds since 1970. */
const CAME_AT = 'round(extract(epoch from created_at) * 1000)';

/** What is not known yet of unfinished jobs is found out as they are read. */
const JOBS = [
  `alter table job
    add column workspace ${TEXT} not null default '',
    add column channel ${TEXT} not null default '',
    add column lengthy boolean not null default false,
    add column length double precision not null default 60000,
    add column fair_at double precision not null default 0,
    add column active_limit integer null`,
  `update job set workspace = coalesce(answer.address ->> 'workspace', ''), channel = coalesce(answer.channel, '')
    from answer where answer.id = job.answer_id`,
  `update job set
    lengthy = coalesce(decoded_seconds, announced_seconds, 0) > 120,
    length = round(coalesce(decoded_seconds, announced_seconds, 60) * 1000)`,
  `update job set fair_at = ${CAME_AT} + length`,
  'drop index job_open',
  `create index job_in_line on job (platform, requester_id, priority, workspace, channel, lengthy, fair_at, id) where ${OPEN}`,
];

/** Lines are made of the job table; they are made anew. */
const LINES = [
  'drop table queue_line',
  `create table queue_line (
    platform ${TEXT} not null,
    requester_id ${TEXT} not null,
    priority integer not null,
    workspace ${TEXT} not null,
    channel ${TEXT} not null,
    lengthy boolean not null,
    chat boolean not null,
    active_limit integer null,
    running integer not null,
    served_at double precision not null,
    due_at double precision not null,
    head_id ${TEXT} not null,
    head_fair_at double precision not null,
    head_length double precision not null,
    primary key (platform, requester_id, priority, workspace, channel, lengthy)
  )`,
  'create index queue_line_order on queue_line (lengthy, priority desc, running, due_at, head_id)',
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
  'alter table preference add column quota jsonb null',
  `create table quota_use (
    job_id ${TEXT} not null primary key,
    person ${TEXT} not null,
    server ${TEXT} null,
    channel ${TEXT} null,
    created_at double precision not null,
    seconds double precision not null
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
    platform ${TEXT} not null,
    requester_id ${TEXT} not null,
    priority integer not null,
    chat boolean not null,
    running integer not null,
    served_at timestamptz(3) null,
    head_id ${TEXT} not null,
    head_at timestamptz(3) not null,
    primary key (platform, requester_id, priority)
  )`,
  'create index queue_line_order on queue_line (priority desc, running, served_at nulls first, head_at, head_id)',
  'drop index job_in_line',
  `create index job_open on job (platform, requester_id, priority, created_at, id) where ${OPEN}`,
  `insert into queue_line
    select platform, requester_id, priority, answer_id is not null, 0, null, id, created_at
    from (
      select *, row_number() over (partition by platform, requester_id, priority order by created_at, id) as place
      from job where ${OPEN}
    ) as head where place = 1`,
  `alter table job drop column active_limit, drop column fair_at, drop column length, drop column lengthy,
    drop column channel, drop column workspace`,
];
