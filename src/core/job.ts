import { ErrorCode, ErrorParams } from './errors';
import { Correction, Transcript } from './transcript';
import { QuotaRule } from './quota-rules';
import { Person, PlatformName, ReplyAddress, MediaSource, TranscriptionOptions } from './voice-note';

export const JOB_STATUSES = ['queued', 'running', 'delivering', 'done', 'failed', 'cancelled'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/** What a finished job found in the audio. Only `speech` has text. */
export type Outcome = 'speech' | 'no_speech' | 'music';

/** The transitions that exist; storage refuses every other one. */
export const JOB_TRANSITIONS: Readonly<Record<JobStatus, readonly JobStatus[]>> = {
  queued: ['running', 'failed', 'cancelled'],
  running: ['queued', 'delivering', 'done', 'failed', 'cancelled'],
  delivering: ['done', 'failed', 'cancelled'],
  done: [],
  failed: ['queued'],
  cancelled: ['queued'],
};

/** The statuses from which `to` can be reached: what a conditional update asks for. */
export function statusesBefore(to: JobStatus): JobStatus[] {
  return JOB_STATUSES.filter((from) => JOB_TRANSITIONS[from].includes(to));
}

export function isFinished(status: JobStatus): boolean {
  return status === 'done' || status === 'failed' || status === 'cancelled';
}

/** Why a job ended, or why its last attempt did. */
export interface JobError {
  code: ErrorCode;
  message: string;
  params?: ErrorParams;
}

/** What is known of the file. */
export interface MediaInfo {
  name?: string;
  /** As found in the bytes: `ogg/opus`, `wav`, `mp4` … */
  format?: string;
  bytes?: number;
  seconds?: number;
}

/** An upload that holds what was read. */
export interface KeptAudio {
  id: string;
  bytes: number;
}

/** What a small model has heard, to be shown until the chosen one has listened. */
export interface Draft {
  transcript: Transcript;
  media: MediaInfo;
}

/** Milliseconds that each stage of the successful attempt took; `wait` is from creation to the first start. */
export interface Timings {
  wait?: number;
  download?: number;
  decode?: number;
  engine?: number;
  /** From creation until there was a draft. */
  draft?: number;
  deliver?: number;
  total?: number;
}

/** The durable record of one note's way. */
export interface TranscriptionJob {
  id: string;
  status: JobStatus;
  /** 0 to 1. */
  progress: number;
  /** Larger is sooner. */
  priority: number;
  platform: PlatformName;
  author: Person;
  requester: Person;
  trigger: 'automatic' | 'request';
  source: MediaSource;
  options: TranscriptionOptions;
  /** Only the requester may read it: it is posted where nobody else sees it. */
  private: boolean;
  /** It is private, or of a direct message: as `isConfidential` says. */
  confidential: boolean;
  replyTo?: ReplyAddress;
  /** The answer this job is part of; only with `replyTo`. */
  answerId?: string;
  position: number;
  /** The same for jobs that would give the same text. */
  contentKey?: string;
  /** An earlier transcript must not be served for this job. */
  fresh: boolean;
  /** The same for jobs that were read with the same terms of their place in mind; none were where it is missing. */
  glossaryKey?: string;
  /** Its words were heard for an earlier job. */
  reused: boolean;
  /** Longer than a short note, as far as is known. */
  lengthy: boolean;
  media: MediaInfo;
  /** Limits on audio that it must keep to, as they were when it came in. */
  audioRules?: readonly QuotaRule[];
  /** The audio, where it is kept after it was read. */
  audio?: KeptAudio;
  /** Only while the job is unfinished: what is left to be done improves it. */
  draft?: Draft;
  language?: string;
  outcome?: Outcome;
  text?: string;
  /** Somebody has corrected the text. */
  corrected?: Correction;
  error?: JobError;
  /** Attempts begun. */
  attempts: number;
  /** Attempts that have brought the engine down. */
  crashes: number;
  /** Attempts whose process went away in the middle. */
  losses: number;
  timings: Timings;
  createdAt: Date;
  startedAt?: Date;
  finishedAt?: Date;
}
