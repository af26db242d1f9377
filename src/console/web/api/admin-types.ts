/** What only admins get from the API. */
export type PlaceKind = 'server' | 'channel' | 'user';

export interface PlaceName {
  platform: string;
  kind: PlaceKind;
  id: string;
}

interface PlaceSettings {
  automatic?: boolean;
  language?: string;
  whoMayAsk?: 'everyone' | 'author' | 'nobody';
  eraseWithMessage?: boolean;
}

export interface Place extends PlaceName, PlaceSettings {
  /** It has limits of its own. */
  limits: boolean;
}

/** `server` is left out: only servers, workspaces and the API have one. */
export interface GlossaryName {
  platform: string;
  id: string;
}

export interface GlossaryPlace extends GlossaryName {
  terms: number;
  suggestions: number;
}

export interface Glossary extends GlossaryName {
  terms: { term: string; used: boolean }[];
  suggestions: { term: string; insteadOf?: string }[];
}

export const LIMITS = ['jobsPerHour', 'audioMinutesPerDay', 'activeJobs'] as const;
/** 0 = no limit; what is missing is as usual. */
export type Limits = Partial<Record<(typeof LIMITS)[number], number>>;

export interface Quota extends PlaceName {
  limits?: Limits;
  members?: Limits;
  exceptions?: { role?: string; user?: string; limits: Limits }[];
  usual: Required<Limits>;
  used: { jobs: number; audioMinutes: number };
}

export interface PersonOverview {
  platform: string;
  id: string;
  stored: number;
  optedOut: boolean;
  allowRequests: boolean;
  language?: string;
}

export const WEBHOOK_EVENTS = ['done', 'failed', 'cancelled'] as const;

export interface Webhook {
  id: string;
  url: string | null;
  events: string[];
  failingSince: string | null;
  disabledAt: string | null;
  disabledReason: string | null;
}

export interface WebhookDelivery {
  state: string;
  status: number | null;
  problem: string | null;
}

export interface AuditEntry {
  id: string;
  at: string;
  actor: string;
  address?: string;
  action: string;
  target?: string;
  detail?: string;
  outcome: 'done' | 'refused' | 'failed';
  code?: string;
}

export interface AuditPage {
  entries: AuditEntry[];
  nextCursor: string | null;
}
