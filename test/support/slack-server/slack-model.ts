/** A JSON object as it travels. */
export type Json = Record<string, unknown>;

/** The app's presence in one workspace. */
interface Bot {
  userId: string;
  botId: string;
  name: string;
  /** `xoxb-…` */
  token: string;
  /** Granted scopes; take one away to see `missing_scope`. */
  scopes: Set<string>;
}

export interface Team {
  id: string;
  name: string;
  domain: string;
  bot: Bot;
}

export interface User {
  id: string;
  teamId: string;
  name: string;
  realName: string;
  isBot: boolean;
  isAdmin: boolean;
  isOwner: boolean;
  /** A guest, who sees only the channels that they were invited to. */
  isGuest: boolean;
  /** Somebody of another workspace, met in a shared channel. */
  isStranger: boolean;
  /** IANA name. */
  tz: string;
  /** Seconds east of UTC. */
  tzOffset: number;
  /** As in `en-US`; only shown where `include_locale` is asked for. */
  locale: string;
  deleted: boolean;
}

/** A user group, e.g. `@editors`. */
export interface Group {
  id: string;
  teamId: string;
  handle: string;
  users: Set<string>;
}

/** `channel` is public, `group` private, `im` a direct message, `mpim` one with several people. */
export type ChannelKind = 'channel' | 'group' | 'im' | 'mpim';

export interface Channel {
  id: string;
  teamId: string;
  kind: ChannelKind;
  name: string;
  creator: string;
  members: Set<string>;
  archived: boolean;
  deleted: boolean;
}

export interface Message {
  channel: string;
  ts: string;
  user: string;
  botId?: string;
  subtype?: string;
  text: string;
  blocks?: Json[];
  threadTs?: string;
  fileIds: string[];
  metadata?: Json;
  edited?: { user: string; ts: string };
  reactions: Map<string, string[]>;
  /** What the message said before, oldest first. */
  revisions: { text: string; blocks?: Json[]; at: number }[];
  /** Sent by a response_url: its ts was never told to the app, and the app cannot change it. */
  viaResponseUrl: boolean;
}

/** Something only one user sees. It has a ts, but no API method finds it. */
export interface EphemeralMessage {
  channel: string;
  user: string;
  ts: string;
  text: string;
  blocks?: Json[];
  threadTs?: string;
  via: 'chat.postEphemeral' | 'response_url' | 'ack';
  gone: boolean;
  revisions: { text: string; blocks?: Json[]; at: number }[];
}

export interface SlackFile {
  id: string;
  teamId: string;
  user: string;
  name: string;
  title: string;
  /** Slack serves audio clips as `video/mp4`, or leaves this empty. */
  mimetype: string;
  filetype: string;
  prettyType: string;
  subtype?: 'slack_audio' | 'slack_video';
  mode: 'hosted' | 'snippet';
  durationMs?: number;
  transcription?: Json;
  content: Buffer;
  /** Seconds since 1970. */
  created: number;
  /** `check_file_info`: events carry no more than the id (Slack Connect). */
  access: 'visible' | 'check_file_info';
  shares: { channel: string; ts: string; threadTs?: string }[];
  deleted: boolean;
}

export interface View {
  id: string;
  teamId: string;
  type: 'home' | 'modal';
  user: string;
  content: Json;
  hash: string;
  rootId: string;
  previousId?: string;
  open: boolean;
}
