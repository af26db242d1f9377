/** What hark reads of Slack's file objects; anything may be missing or wrong. */
export interface SlackFile {
  id?: string;
  name?: string | null;
  mimetype?: string;
  filetype?: string;
  /** `slack_audio` or `slack_video` for what was recorded in Slack. */
  subtype?: string;
  size?: number;
  duration_ms?: number;
  /** Who uploaded it. */
  user?: string;
  mode?: string;
  is_external?: boolean;
  /** `check_file_info`: nothing but the id can be relied on. */
  file_access?: string;
}

/** What hark reads of Slack's messages. */
export interface SlackMessage {
  channel: string;
  ts: string;
  thread_ts?: string;
  /** `im` for a direct message, `mpim` for one of a group; not every event says it. */
  channel_type?: string;
  user?: string;
  bot_id?: string;
  subtype?: string;
  text?: string;
  files?: SlackFile[];
  /** Messages that this one passes on. */
  attachments?: { files?: SlackFile[]; author_id?: string }[];
}

/** Written by a person, and new. */
export function isFromPerson({ user, bot_id, subtype }: SlackMessage, botUserId: string): boolean {
  const spoken = [undefined, 'file_share', 'thread_broadcast', 'me_message'].includes(subtype);
  return spoken && user !== undefined && user !== botUserId && bot_id === undefined;
}
