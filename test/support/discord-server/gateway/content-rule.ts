import { APIMessage, APIMessageSnapshot } from 'discord.js';

/** The fields that belong to the message-content intent. */
const NOTHING = { content: '', attachments: [], embeds: [], components: [] };

/**
 * A message as an app sees it that was not granted message content: empty, unless the app wrote it, is mentioned in
 * it, or it stands in a direct message.
 */
export function withoutContent<M extends APIMessage>(message: M, botId: string, inPrivate: boolean): M {
  if (inPrivate) return message;
  const replied = message.referenced_message;
  const shown = {
    ...message,
    ...(replied ? { referenced_message: withoutContent(replied, botId, false) } : {}),
  };
  const mentioned = message.mentions.some((user) => user.id === botId);
  if (message.author.id === botId || mentioned) return shown;
  const snapshots = message.message_snapshots?.map((snapshot): APIMessageSnapshot => ({
    ...snapshot,
    message: { ...snapshot.message, ...NOTHING },
  }));
  return { ...shown, ...NOTHING, ...(snapshots ? { message_snapshots: snapshots } : {}) };
}
