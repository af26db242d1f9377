/** What the API answers, as far as the console shows it. The API's own description is at /docs. */
export type Status = 'queued' | 'running' | 'delivering' | 'done' | 'failed' | 'cancelled';
export const STATUSES: readonly Status[] = ['queued', 'running', 'delivering', 'done', 'failed', 'cancelled'];

export interface Session {
  role: 'admin' | 'viewer';
  /** Bull's own view of its queue is at `queues`. */
  queueBoard: boolean;
  name?: string;
}

export interface Person {
  id: string;
  name?: string;
}

export type Stage = 'wait' | 'download' | 'decode' | 'engine' | 'deliver' | 'total';

export interface Job {
  id: string;
  status: Status;
  progress: number;
  platform: string;
  user: Person;
  author: Person;
  private: boolean;
  source: { kind: 'attachment' | 'link' | 'upload'; name?: string; mimeType?: string; url?: string };
  media: { name?: string; format?: string; bytes?: number; seconds?: number };
  /** The recording is kept. */
  audio?: boolean;
  language: string | null;
  text: string | null;
  corrected: { by: 'author' | 'asker' | 'admin'; at: string } | null;
  error: { code: string; message: string } | null;
  attempts: number;
  outcome: 'speech' | 'no_speech' | 'music' | null;
  reused: boolean;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  timings: Partial<Record<Stage, number>>;
}

export interface JobPage {
  jobs: Job[];
  nextCursor: string | null;
}

/** Times are seconds, confidence is 0 to 1. */
export interface Word {
  text: string;
  start: number;
  end: number;
  confidence: number;
}

export interface Segment {
  start: number;
  end: number;
  text: string;
  confidence: number;
  words?: Word[];
}

interface Depth {
  waiting: number;
  active: number;
}

export interface Stats {
  jobs: Record<Status, number>;
  queue: Record<'transcription' | 'delivery', Depth | null>;
  queueNote?: string;
  audioSeconds: number;
  realTimeFactor: number | null;
  platforms: Record<string, { jobs: number; audioSeconds: number }>;
}

export interface SeriesPoint {
  at: string;
  done: number;
  failed: number;
  cancelled: number;
  audioSeconds: number;
  waitMs: number | null;
  realTimeFactor: number | null;
}

export interface Series {
  stepSeconds: number;
  points: SeriesPoint[];
}

export interface Part {
  state: 'ok' | 'warning' | 'broken' | 'off';
  detail: string;
  remedy?: string;
}

export interface Model {
  name: string;
  inUse: boolean;
  downloaded: boolean;
  bytes?: number;
  receivedBytes?: number;
  remark?: string;
}

export interface Summary {
  text: string;
  way: 'written' | 'picked';
  driver: string;
  madeBy: string;
  stale: boolean;
  tokens: { input: number; output: number; estimated: boolean };
}

export interface SummaryList {
  summaries: Summary[];
  drivers: string[];
}
