import { Migration } from '@mikro-orm/migrations';

/** Jobs, answers, transcripts with their search index, preferences, token hashes. */
export class InitialMigration extends Migration {
  override name = '0001-initial';

  override up(): void {
    for (const table of TABLES) this.addSql(table);
    for (const index of INDEXES) this.addSql(index);
    for (const statement of SEARCH) this.addSql(statement);
  }

  override down(): void {
    this.addSql('drop table transcript_search');
    for (const table of [
      'transcript_piece',
      'job',
      'answer',
      'transcript',
      'queue_line',
      'preference',
      'token',
    ])
      this.addSql(`drop table ${table}`);
  }
}

const TABLES = [
  `create table answer (
    id text not null primary key,
    key text not null,
    platform text not null,
    channel text null,
    message text null,
    address json not null,
    reply json null,
    revision integer not null,
    claimed_revision integer null,
    attempts integer not null,
    due_at datetime null,
    available_at datetime null,
    lease_owner text null,
    lease_until datetime null,
    created_at datetime not null
  )`,
  `create table preference (
    platform text not null,
    kind text not null,
    scope_id text not null,
    language text null,
    automatic integer null,
    who_may_ask text null,
    opted_out integer null,
    allow_requests integer null,
    erase_with_message integer null,
    features json null,
    primary key (platform, kind, scope_id)
  )`,
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
  `create table token (
    role text not null primary key,
    hash text not null
  )`,
  `create table transcript (
    id integer not null primary key autoincrement,
    text text not null,
    language text null,
    language_detected integer not null,
    segments json not null,
    made_by text null,
    seconds double not null
  )`,
  `create table job (
    id text not null primary key,
    status text not null,
    progress double not null,
    priority integer not null,
    platform text not null,
    author_id text not null,
    author_name text null,
    requester_id text not null,
    requester_name text null,
    trigger text not null,
    source json not null,
    upload_id text null,
    options json not null,
    private integer not null,
    fresh integer not null,
    position integer not null,
    dedupe_key text null,
    content_key text null,
    sequence_key text null,
    behind integer not null,
    available_at datetime null,
    answer_id text null,
    answer_revision integer null,
    transcript_id integer null,
    media json not null,
    announced_seconds double null,
    decoded_seconds double null,
    language text null,
    outcome text null,
    error json null,
    attempts integer not null,
    timings json not null,
    lease_owner text null,
    lease_until datetime null,
    created_at datetime not null,
    started_at datetime null,
    finished_at datetime null,
    constraint job_answer_id_foreign foreign key (answer_id) references answer (id) on delete restrict,
    constraint job_transcript_id_foreign foreign key (transcript_id) references transcript (id) on delete set null
  )`,
  `create table transcript_piece (
    job_id text not null,
    piece_index integer not null,
    segments json not null,
    primary key (job_id, piece_index),
    constraint transcript_piece_job_id_foreign foreign key (job_id) references job (id) on delete cascade
  )`,
];

const INDEXES = [
  'create unique index answer_key on answer (key)',
  'create index answer_held on answer (lease_until) where lease_owner is not null',
  'create index answer_due on answer (due_at, id) where due_at is not null',
  'create index answer_waiting on answer (available_at) where available_at is not null',
  'create index answer_message on answer (platform, channel, message)',
  'create index queue_line_order on queue_line (priority DESC, running, served_at, head_at, head_id)',
  'create unique index job_dedupe_key on job (dedupe_key)',
  'create index job_of_answer on job (answer_id)',
  'create unique index job_transcript on job (transcript_id)',
  "create index job_of_upload on job (upload_id) where upload_id is not null and status in ('queued', 'running')",
  "create index job_of_content on job (content_key, finished_at) where status = 'done'",
  "create index job_first_in_sequence on job (sequence_key, behind) where sequence_key is not null and status in ('queued', 'running')",
  "create index job_in_sequence on job (sequence_key, created_at, id) where sequence_key is not null and status in ('queued', 'running')",
  'create index job_served on job (platform, requester_id, started_at)',
  "create index job_running on job (platform, requester_id) where status = 'running'",
  'create index job_waiting on job (available_at) where available_at is not null',
  "create index job_open on job (platform, requester_id, priority, created_at, id) where status = 'queued' and behind = false and available_at is null",
  'create index job_ended on job (status, finished_at, id) where finished_at is not null',
  'create index job_sums on job (status, platform, decoded_seconds)',
  'create index job_of_author on job (author_id, status, created_at, id)',
  'create index job_of_requester on job (requester_id, status, created_at, id)',
  'create index job_of_platform on job (platform, status, created_at, id)',
  'create index job_of_status on job (status, created_at, id)',
  'create index job_newest on job (created_at, id)',
];

/**
 * The index holds no copy of the text and follows the table by itself. With `secure-delete` erased words leave it at
 * once instead of being marked: see https://www.sqlite.org/fts5.html#the_secure_delete_configuration_option
 */
const SEARCH = [
  `create virtual table transcript_search using fts5(
    text,
    content = 'transcript',
    content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2'
  )`,
  "insert into transcript_search (transcript_search, rank) values ('secure-delete', 1)",
  `create trigger transcript_search_insert after insert on transcript begin
    insert into transcript_search (rowid, text) values (new.id, new.text);
  end`,
  `create trigger transcript_search_delete after delete on transcript begin
    insert into transcript_search (transcript_search, rowid, text) values ('delete', old.id, old.text);
  end`,
  `create trigger transcript_search_update after update of text on transcript begin
    insert into transcript_search (transcript_search, rowid, text) values ('delete', old.id, old.text);
    insert into transcript_search (rowid, text) values (new.id, new.text);
  end`,
];
