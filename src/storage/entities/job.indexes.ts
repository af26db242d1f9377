import { Index } from '@mikro-orm/decorators/legacy';

const OPEN = "status = 'queued' and behind = false and available_at is null";

/** The questions that the table of jobs must answer fast, however long it is. */
const INDEXES = [
  { name: 'job_newest', properties: ['createdAt', 'id'] },
  { name: 'job_of_status', properties: ['status', 'createdAt', 'id'] },
  { name: 'job_of_platform', properties: ['platform', 'status', 'createdAt', 'id'] },
  { name: 'job_of_requester', properties: ['requesterId', 'status', 'createdAt', 'id'] },
  { name: 'job_of_author', properties: ['authorId', 'status', 'createdAt', 'id'] },
  { name: 'job_spoken', properties: ['createdAt', 'id'], where: 'transcript_id is not null' },
  {
    name: 'job_found',
    properties: ['platform', 'workspace', 'id', 'channel', 'thread'],
    where: "status = 'done' and transcript_id is not null",
  },
  { name: 'job_of_thread', properties: ['platform', 'workspace', 'thread', 'id'], where: "thread <> ''" },
  { name: 'job_ended', properties: ['status', 'finishedAt', 'id'], where: 'finished_at is not null' },
  {
    name: 'job_in_line',
    properties: ['platform', 'requesterId', 'priority', 'workspace', 'channel', 'lengthy', 'fairAt', 'id'],
    where: OPEN,
  },
  { name: 'job_waiting', properties: ['availableAt'], where: 'available_at is not null' },
  { name: 'job_served', properties: ['platform', 'requesterId', 'startedAt'] },
  { name: 'job_running', properties: ['platform', 'requesterId'], where: "status = 'running'" },
  {
    name: 'job_in_sequence',
    properties: ['sequenceKey', 'createdAt', 'id'],
    where: "sequence_key is not null and status in ('queued', 'running')",
  },
  {
    name: 'job_first_in_sequence',
    properties: ['sequenceKey', 'behind'],
    where: "sequence_key is not null and status in ('queued', 'running')",
  },
  { name: 'job_of_content', properties: ['contentKey', 'finishedAt'], where: "status = 'done'" },
  { name: 'job_of_result', properties: ['resultKey', 'startedAt'], where: 'result_key is not null' },
  { name: 'job_of_file', properties: ['fileId'], where: 'file_id is not null' },
  { name: 'job_with_audio', properties: ['audioId', 'finishedAt'], where: 'audio_id is not null' },
  {
    name: 'job_of_upload',
    properties: ['uploadId'],
    where: "upload_id is not null and status in ('queued', 'running')",
  },
];

/** Puts the indexes onto the entity of jobs. */
export const JobIndexes: ClassDecorator = (entity) => {
  for (const options of INDEXES) (Index(options as object) as ClassDecorator)(entity);
};
