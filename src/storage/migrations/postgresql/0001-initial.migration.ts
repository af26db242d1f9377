import { Migration } from '@mikro-orm/migrations';

/** Jobs, answers, transcripts with their search index, preferences, token hashes. */
export class InitialMigration extends Migration {
  override name = '0001-initial';

  override up(): void {
    for (const statement of [...TABLES, ...INDEXES, ...SEARCH]) this.addSql(statement);
  }

  override down(): void {
    for (const table of [
      'transcript_search',
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

/** Compared byte by byte: no update of the system's languages can put an index out of order. */
const TEXT = 'text collate "C"';

const TABLES = [
  `create table answer (
    id ${TEXT} not null primary key,
    key ${TEXT} not null,
    platform ${TEXT} not null,
    channel ${TEXT} null,
    message ${TEXT} null,
    address jsonb not null,
    reply jsonb null,
    revision integer not null,
    claimed_revision integer null,
    attempts integer not null,
    due_at timestamptz(3) null,
    available_at timestamptz(3) null,
    lease_owner ${TEXT} null,
    lease_until timestamptz(3) null,
    created_at timestamptz(3) not null
  )`,
  `create table preference (
    platform ${TEXT} not null,
    kind ${TEXT} not null,
    scope_id ${TEXT} not null,
    language ${TEXT} null,
    automatic boolean null,
    who_may_ask ${TEXT} null,
    opted_out boolean null,
    allow_requests boolean null,
    erase_with_message boolean null,
    features jsonb null,
    primary key (platform, kind, scope_id)
  )`,
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
  `create table token (
    role ${TEXT} not null primary key,
    hash ${TEXT} not null
  )`,
  `create table transcript (
    id serial primary key,
    text ${TEXT} not null,
    language ${TEXT} null,
    language_detected boolean not null,
    segments jsonb not null,
    made_by ${TEXT} null,
    seconds double precision not null
  )`,
  `create table job (
    id ${TEXT} not null primary key,
    status ${TEXT} not null,
    progress double precision not null,
    priority integer not null,
    platform ${TEXT} not null,
    author_id ${TEXT} not null,
    author_name ${TEXT} null,
    requester_id ${TEXT} not null,
    requester_name ${TEXT} null,
    trigger ${TEXT} not null,
    source jsonb not null,
    upload_id ${TEXT} null,
    options jsonb not null,
    private boolean not null,
    fresh boolean not null,
    position integer not null,
    dedupe_key ${TEXT} null,
    content_key ${TEXT} null,
    sequence_key ${TEXT} null,
    behind boolean not null,
    available_at timestamptz(3) null,
    answer_id ${TEXT} null,
    answer_revision integer null,
    transcript_id integer null,
    media jsonb not null,
    announced_seconds double precision null,
    decoded_seconds double precision null,
    language ${TEXT} null,
    outcome ${TEXT} null,
    error jsonb null,
    attempts integer not null,
    timings jsonb not null,
    lease_owner ${TEXT} null,
    lease_until timestamptz(3) null,
    created_at timestamptz(3) not null,
    started_at timestamptz(3) null,
    finished_at timestamptz(3) null,
    constraint job_answer_id_foreign foreign key (answer_id) references answer (id) on delete restrict,
    constraint job_transcript_id_foreign foreign key (transcript_id) references transcript (id) on delete set null
  )`,
  `create table transcript_piece (
    job_id ${TEXT} not null,
    piece_index integer not null,
    segments jsonb not null,
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
  'create index queue_line_order on queue_line (priority desc, running, served_at nulls first, head_at, head_id)',
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

/** What is searched for is folded by hark itself before it is stored; the row goes with its transcript. */
const SEARCH = [
  `create table transcript_search (
    transcript_id integer not null primary key references transcript (id) on delete cascade,
    words ${TEXT} not null
  )`,
  `create index transcript_search_words on transcript_search
    using gin (array_to_tsvector(string_to_array(trim(words), ' ')))`,
];
