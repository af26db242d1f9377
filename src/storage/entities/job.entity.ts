import { Entity, ManyToOne, OneToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { v7 as uuid } from 'uuid';
import { Draft, JobError, JobStatus, MediaInfo, Outcome, Timings } from '../../core/job';
import { isConfidential, isDirect } from '../../core/confidential';
import { isLengthy, lengthMs, probableSeconds } from '../../core/fair-share';
import { NewJob } from '../../core/job-store';
import { QuotaRule } from '../../core/quota-rules';
import { MediaSource, PlatformName, TranscriptionOptions } from '../../core/voice-note';
import { AnswerEntity } from './answer.entity';
import { JobIndexes } from './job.indexes';
import { TranscriptEntity } from './transcript.entity';

/**
 * One note's way. The address of its answer is kept with the answer only, so that no token of an interaction is stored
 * twice.
 */
@Entity({ tableName: 'job' })
@JobIndexes
export class JobEntity {
  /** Grows with time, so that it also orders jobs of the same millisecond. */
  @PrimaryKey({ type: 'string' })
  id: string = uuid();

  @Property({ type: 'string' })
  status: JobStatus = 'queued';

  @Property({ type: 'double' })
  progress: number = 0;

  @Property({ type: 'integer' })
  priority: number;

  @Property({ type: 'string' })
  platform: PlatformName;

  @Property({ type: 'string' })
  authorId: string;

  @Property({ type: 'string', nullable: true })
  authorName?: string;
  @Property({ type: 'string' })
  requesterId: string;
  @Property({ type: 'string', nullable: true })
  requesterName?: string;

  /** Where the answer goes; empty where there is nobody to answer, or no workspace around. */
  @Property({ type: 'string', default: '' })
  workspace: string;
  @Property({ type: 'string', default: '' })
  channel: string;
  @Property({ type: 'string', default: '' })
  thread: string;

  /** Of a direct message, of two or of a group. */
  @Property({ type: 'boolean', default: false })
  direct: boolean;

  @Property({ type: 'string' })
  trigger: 'automatic' | 'request';

  @Property({ type: 'json' })
  source: MediaSource;

  @Property({ type: 'string', nullable: true })
  uploadId?: string;

  /** The platform's id of the file. */
  @Property({ type: 'string', nullable: true })
  fileId?: string;

  /** Upload that holds the audio after the job is done. */
  @Property({ type: 'string', nullable: true })
  audioId?: string | null;

  @Property({ type: 'double', nullable: true })
  audioBytes?: number | null;

  @Property({ type: 'json' })
  options: TranscriptionOptions;

  @Property({ type: 'boolean' })
  private: boolean;

  /** Private, or of a direct message. */
  @Property({ type: 'boolean', default: false })
  confidential: boolean;

  @Property({ type: 'boolean' })
  fresh: boolean;

  @Property({ type: 'integer' })
  position: number;

  @Property({ type: 'string', nullable: true, unique: 'job_dedupe_key' })
  dedupeKey?: string;

  @Property({ type: 'string', nullable: true })
  contentKey?: string;

  @Property({ type: 'string', nullable: true })
  sequenceKey?: string;

  /** Behind an unfinished earlier job of its sequence. */
  @Property({ type: 'boolean' })
  behind: boolean;

  /** Set while the job must wait for its time; empty when it may start at once. */
  @Property({ type: 'Date', length: 3, nullable: true })
  availableAt?: Date;

  @ManyToOne({ entity: () => AnswerEntity, nullable: true, index: 'job_of_answer', deleteRule: 'restrict' })
  answer?: AnswerEntity;

  /** The answer's revision that shows this job's end. */
  @Property({ type: 'integer', nullable: true })
  answerRevision?: number;

  @OneToOne({
    entity: () => TranscriptEntity,
    owner: true,
    nullable: true,
    unique: 'job_transcript',
    deleteRule: 'set null',
  })
  transcript?: TranscriptEntity;

  @Property({ type: 'json' })
  media: MediaInfo;

  /** As the sender's client said. */
  @Property({ type: 'double', nullable: true })
  announcedSeconds?: number;

  /** As found by decoding; empty while no audio has been read. */
  @Property({ type: 'double', nullable: true })
  decodedSeconds?: number;

  /** Longer than what counts as a short note. */
  @Property({ type: 'boolean', default: false })
  lengthy: boolean;

  /** What its length counts for in the order of waiting, in milliseconds. */
  @Property({ type: 'double', default: 60000 })
  length: number;

  /** When it came, and its length later, in milliseconds since 1970: a user's jobs are begun in this order. */
  @Property({ type: 'double', default: 0 })
  fairAt: number;

  /** How many jobs the requester may have running when this one begins, where it is not the usual; 0 = any number. */
  @Property({ type: 'integer', nullable: true })
  activeLimit?: number;

  /** Limits on audio as they were for the requester when it came in: nobody knows their roles later. */
  @Property({ type: 'json', nullable: true })
  audioRules?: readonly QuotaRule[];

  /** What was heard; there is a draft only until the job has ended. */
  @Property({ type: 'json', nullable: true })
  draft?: Draft | null;
  @Property({ type: 'string', nullable: true })
  language?: string;
  @Property({ type: 'string', nullable: true })
  outcome?: Outcome;

  /** The same for results that would be the same; empty for those that are not to be served again. */
  @Property({ type: 'string', nullable: true })
  resultKey?: string;

  /** Workspace in which the result may be served to anybody. */
  @Property({ type: 'string', nullable: true })
  resultPlace?: string;

  /** The same for those that were read with the same terms of their place in mind. */
  @Property({ type: 'string', nullable: true })
  glossaryKey?: string | null;

  /** The words are those of an earlier job. */
  @Property({ type: 'boolean', default: false })
  reused: boolean = false;

  @Property({ type: 'json', nullable: true })
  error?: JobError;

  @Property({ type: 'integer' })
  attempts: number = 0;

  /** Attempts that have brought the engine down. */
  @Property({ type: 'integer', default: 0 })
  crashes: number = 0;

  /** Attempts whose process went away in the middle. */
  @Property({ type: 'integer', default: 0 })
  losses: number = 0;

  @Property({ type: 'json' })
  timings: Timings = {};

  @Property({ type: 'string', nullable: true })
  leaseOwner?: string;

  @Property({ type: 'Date', length: 3, nullable: true })
  leaseUntil?: Date;

  @Property({ type: 'Date', length: 3 })
  createdAt: Date;
  @Property({ type: 'Date', length: 3, nullable: true })
  startedAt?: Date;

  @Property({ type: 'Date', length: 3, nullable: true })
  finishedAt?: Date;

  constructor({ note, ...job }: NewJob, answer?: AnswerEntity) {
    this.priority = job.priority;
    this.platform = note.platform;
    this.authorId = note.author.id;
    this.authorName = note.author.name;
    this.requesterId = note.requester.id;
    this.requesterName = note.requester.name;
    this.workspace = note.replyTo?.workspace ?? '';
    this.channel = note.replyTo?.channel ?? '';
    this.thread = note.replyTo?.thread ?? '';
    this.direct = isDirect(note);
    this.trigger = note.trigger;
    this.source = note.source;
    this.options = note.options;
    this.private = note.private;
    this.confidential = isConfidential(note);
    this.fresh = note.fresh;
    this.position = note.position;
    this.dedupeKey = job.dedupeKey;
    this.contentKey = job.contentKey;
    this.sequenceKey = job.sequenceKey;
    this.behind = job.sequenceKey !== undefined;
    this.answer = answer;
    this.createdAt = job.createdAt;
    const { source } = note;
    this.uploadId = source.kind === 'upload' ? source.uploadId : undefined;
    this.fileId = source.kind === 'attachment' ? source.file : undefined;
    this.announcedSeconds = source.kind === 'attachment' ? source.seconds : undefined;
    this.media = source.kind === 'link' ? {} : { name: source.name, bytes: source.bytes };
    if (this.announcedSeconds !== undefined) this.media.seconds = this.announcedSeconds;
    const seconds = probableSeconds(source);
    this.lengthy = isLengthy(seconds);
    this.length = lengthMs(seconds);
    this.fairAt = job.createdAt.getTime() + this.length;
    this.activeLimit = job.activeLimit;
    if (job.audioRules?.length) this.audioRules = job.audioRules;
  }
}
