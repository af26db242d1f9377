import { ErrorCode } from './errors';
import { TokenRole } from './token-store';

/** What is written down. Names are part of the API: they may be added, never renamed. */
export const AUDIT_ACTIONS = [
  // jobs and what is in them
  'job.submit',
  'job.cancel',
  'job.retry',
  'job.erase',
  'job.read',
  'jobs.read',
  'transcript.read',
  'live.open',
  'summary.read',
  'summary.write',
  // in the console
  'session.open',
  'session.close',
  'queue.read',
  // in chat
  'moderation.erase',
  'place.change',
  'glossary.change',
  'transcript.change',
  // limits, settings, and what is stored of people
  'place.read',
  'glossary.read',
  'quota.read',
  'quota.change',
  'person.read',
  'person.change',
  'person.export',
  'person.erase',
  'audio.read',
  // webhooks
  'webhook.create',
  'webhook.enable',
  'webhook.ping',
  'webhook.erase',
  // the log itself, and every other call that was refused
  'audit.read',
  'call',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export const AUDIT_OUTCOMES = ['done', 'refused', 'failed'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** The actor without a valid token. */
export const NOBODY = 'nobody';

/** Who did what. Never holds what was said, nor any secret. */
export interface AuditEvent {
  /** `<platform>:<id>`: `api:admin`, `api:oidc:<subject>`, `discord:<user>`; or `nobody`. */
  actor: string;
  role?: TokenRole;
  /** Of the network, where there is one. */
  address?: string;
  action: AuditAction;
  /** Id of what it was done to; of people and places `<platform>:<kind>:<id>`. */
  target?: string;
  /** Names of what was changed, or of the call; no values. */
  detail?: string;
  outcome: AuditOutcome;
  /** Why it was not done. */
  code?: ErrorCode;
}

export interface AuditEntry extends AuditEvent {
  id: string;
  at: Date;
  /** Refused attempts from the same place that were too many to be written down, since its entry before this one. */
  unrecorded?: number;
}

export interface AuditQuery {
  since?: Date;
  until?: Date;
  actor?: string;
  action?: AuditAction;
  target?: string;
  /** 1 to 200. */
  limit: number;
  /** From an earlier page's `nextCursor`. */
  cursor?: string;
}

/** Newest first. */
export interface AuditPage {
  entries: AuditEntry[];
  nextCursor?: string;
}

/** Who did what, for as long as the admin wants to know. */
export abstract class AuditLog {
  abstract add(entry: Omit<AuditEntry, 'id'>): Promise<void>;
  /** @throws HarkError `field_invalid` for a cursor that was not made here. */
  abstract list(query: AuditQuery): Promise<AuditPage>;
  /** How many entries older than `time` were erased. */
  abstract eraseBefore(time: Date): Promise<number>;
}
