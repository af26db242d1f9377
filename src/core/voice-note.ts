/** Where a note comes from. Chat platforms add their own name; `api` and `cli` have nobody to reply to. */
export type PlatformName = 'discord' | 'slack' | 'api' | 'cli' | (string & {});

/** Somebody on a platform. `id` is the platform's own. */
export interface Person {
  id: string;
  name?: string;
}

/** Somebody who asks for something in a place. */
export interface Member extends Person {
  /** The platform's ids of the roles they have there, or the groups they are in. Never stored. */
  roles?: readonly string[];
}

/**
 * Where the answer goes. Made and read by the platform only; to the core it is opaque, but for `platform`,
 * `channel` and `message`, by which answers are found again.
 */
export interface ReplyAddress {
  platform: PlatformName;
  /** Discord guild or Slack team. */
  workspace?: string;
  channel?: string;
  /** The message that holds the note. */
  message?: string;
  thread?: string;
  /** A direct message, of two or of a group, though it may be in a workspace. */
  direct?: boolean;
  /** What a platform needs to answer a command, for as long as it is valid. Dropped from the store once answered. */
  interaction?: Interaction;
  /** BCP 47 tag of the language in which hark's own words are said. */
  locale?: string;
}

/** A command, menu or button that waits for its answer. */
export interface Interaction {
  id: string;
  token: string;
  /** After this time the token is dead and the answer goes another way. */
  expiresAt: Date;
  /** Only the asker sees the answer. */
  ephemeral: boolean;
  /** Further ids of the platform. */
  extra?: Record<string, string>;
}

/** A file in a chat, named by ids. Its address is fetched anew whenever it is needed, for addresses expire. */
export interface AttachmentSource {
  kind: 'attachment';
  platform: PlatformName;
  /** `url`, if any, is an address for where the ids lead nowhere: no part of what tells one file from another. */
  ids: Record<string, string>;
  /** The platform's id of the file itself, where that is what it says when the file is deleted. */
  file?: string;
  name?: string;
  mimeType?: string;
  /** As the platform says; checked while reading. */
  bytes?: number;
  /** As the sender's client says; decoding finds the real one. */
  seconds?: number;
}

export interface LinkSource {
  kind: 'link';
  url: string;
}

/** A file given to hark itself, kept in the upload store until its job has ended. */
export interface UploadSource {
  kind: 'upload';
  uploadId: string;
  /** Of the whole file, in hex. */
  sha256: string;
  name?: string;
  mimeType?: string;
  bytes: number;
}

export type MediaSource = AttachmentSource | LinkSource | UploadSource;

export interface TranscriptionOptions {
  /** ISO 639-1 code as Whisper knows it, or `auto`. */
  language: string;
  /** Translate to English. */
  translate: boolean;
  /** Names and terms that the engine should expect. */
  prompt?: string;
  /** Another model than the default one. */
  model?: string;
}

/** What someone asked to have read. */
export interface VoiceNote {
  platform: PlatformName;
  /** Who spoke (or uploaded the file). */
  author: Person;
  /** Who wants it read; the quota is theirs. The author themself when it is automatic. */
  requester: Member;
  /** `automatic`: the channel is set so. `request`: somebody asked. */
  trigger: 'automatic' | 'request';
  source: MediaSource;
  options: TranscriptionOptions;
  /** Missing for the API and the command line. */
  replyTo?: ReplyAddress;
  /** Only the requester may read it: it is posted where nobody else sees it. */
  private: boolean;
  /** Place among the notes of the same message, from 0. */
  position: number;
  /** Must be transcribed even if there is a transcript of the same already. */
  fresh: boolean;
  /** Id of the job whose place in its answer this one takes: the reply shows the newer one. */
  replaces?: string;
  /**
   * Tells asks apart that are otherwise the same: a retry that must not be served from the store, an interaction of
   * its own, or an API client's `Idempotency-Key`.
   */
  occurrence?: string;
}
