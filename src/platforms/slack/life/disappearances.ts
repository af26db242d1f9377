import { GoneNotesService, NoteHome } from '../../../core/gone-notes.service';
import { SlackMessage } from '../slack-payload';
import { isDirect } from '../slack.mapper';

/** How Slack tells of messages that change or go. */
export interface ChangedMessage {
  subtype: string;
  channel: string;
  channel_type?: string;
  deleted_ts?: string;
  message?: Omit<SlackMessage, 'channel'>;
  previous_message?: Omit<SlackMessage, 'channel'>;
}

/** Where a note was: in a direct message, of two or of a group, there is nobody to decide that its transcript is kept. */
export function homeIn(team: string, channelType?: string): NoteHome {
  return { platform: 'slack', ...(!isDirect(undefined, channelType) && { workspace: team }) };
}

/** Sees to the transcripts of a message that was deleted, or lost a file. */
export async function messageChanged(
  { subtype, channel, channel_type, deleted_ts, message, previous_message }: ChangedMessage,
  team: string,
  notes: GoneNotesService,
): Promise<void> {
  const home = homeIn(team, channel_type);
  if (subtype === 'message_deleted' && deleted_ts !== undefined) {
    return notes.messages(home, channel, [deleted_ts]);
  }
  if (subtype !== 'message_changed' || !message) return;
  // With replies below it, a deleted message leaves a stone.
  if (message.subtype === 'tombstone') return notes.messages(home, channel, [message.ts]);
  if ((previous_message?.files ?? []).length === 0) return;
  const left = (message.files ?? []).filter(({ mode }) => mode !== 'tombstone').map(({ id }) => id);
  await notes.attachments(home, channel, message.ts, ({ file }) => left.includes(file));
}
