import { PlaceQuota } from './quota-rules';
import { PlatformName } from './voice-note';

/** Whose preferences. `id` is the platform's own. */
export interface PreferenceScope {
  platform: PlatformName;
  kind: 'user' | 'channel' | 'server';
  id: string;
}

/** The language that somebody's notes turned out to be in, one after the other. */
export interface HeardLanguage {
  /** ISO 639-1 code. */
  language: string;
  /** Notes in a row; below 1 after they had spoken another one. */
  notes: number;
}

/** What users and admins chose, and what is remembered of users. A missing value is the default. */
export interface Preferences {
  /** Language that notes are in: of a user's own notes, or of a channel's or server's. */
  language?: string;
  /** Channel or server: voice notes are read without being asked for. */
  automatic?: boolean;
  /** Channel or server: who may ask for a transcript. */
  whoMayAsk?: 'everyone' | 'author' | 'nobody';
  /** User: my notes are not read automatically. */
  optedOut?: boolean;
  /** User who opted out: others may still ask for my notes. */
  allowRequests?: boolean;
  /** User: what I correct may suggest terms to the admins of the place. Unset: never asked. */
  suggestTerms?: boolean;
  /** Server: the transcript goes when the note is deleted. On unless false. */
  eraseWithMessage?: boolean;
  /** Switches of the `FEATURES` setting, narrowed for this scope. */
  features?: Record<string, boolean>;
  /** What may be asked for there, or by this user. */
  quota?: PlaceQuota;
  /** User: who sums up what they ask to have summed up, where the admin leaves that to them. */
  summarizer?: string;
  /** User: knows that transcripts are sent to these hosts to be summed up, and agreed. */
  summaryHosts?: readonly string[];
  /** User: the language that their last notes were in, and how many in a row as `HeardLanguage` counts them. */
  heardLanguage?: string;
  heardNotes?: number;
}

/** A server or channel for which something was decided. */
export interface DecidedPlace {
  scope: PreferenceScope;
  preferences: Preferences;
}

export abstract class PreferenceStore {
  abstract get(scope: PreferenceScope): Promise<Preferences>;
  /** Changes the named values; undefined takes a value back to its default. One statement, safe with others. */
  abstract set(scope: PreferenceScope, change: Preferences): Promise<Preferences>;
  /** Servers and channels for which there is something, by platform, kind and id. */
  abstract places(limit: number): Promise<DecidedPlace[]>;
  /** Of a user who has not opted out, and only while the job exists that it was heard in. */
  abstract rememberHeard(user: PreferenceScope, heard: HeardLanguage, jobId: string): Promise<void>;
  abstract forgetHeard(user: PreferenceScope): Promise<void>;
  abstract erase(scope: PreferenceScope): Promise<void>;
}
