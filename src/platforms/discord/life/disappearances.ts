import {
  Client,
  GatewayChannelDeleteDispatchData,
  GatewayDispatchEvents as Dispatch,
  GatewayGuildDeleteDispatchData,
  GatewayIntentBits,
  GatewayMessageDeleteBulkDispatchData,
  GatewayMessageDeleteDispatchData,
  GatewayMessageUpdateDispatchData,
  GatewayThreadDeleteDispatchData,
} from 'discord.js';
import { GoneNotesService, NoteHome } from '../../../core/gone-notes.service';
import { answersChannel } from './channel-places';

/** Runs work that nobody waits for: what concerns one message, or one place, in order. */
type Run = (about: string, work: () => Promise<void>) => void;

/**
 * Hears of notes and places that go. By what Discord sends, not by discord.js's events: those are only for what is in
 * its cache, and hark answers notes for weeks.
 *
 * @param changed hears of every message that is not what it was any more, at once
 */
export function watchDisappearances(
  client: Client,
  notes: GoneNotesService,
  changed: (messageId: string) => void,
  run: Run,
): void {
  const messages = (channelId: string, ids: string[], guildId: string | undefined): void => {
    for (const id of ids) {
      changed(id);
      run(id, async () =>
        notes.messages(homeIn(guildId), await answersChannel(client, channelId, guildId), [id]),
      );
    }
  };

  client.ws.on(Dispatch.MessageDelete, ({ id, channel_id, guild_id }: GatewayMessageDeleteDispatchData) =>
    messages(channel_id, [id], guild_id),
  );
  client.ws.on(Dispatch.MessageDeleteBulk, (gone: GatewayMessageDeleteBulkDispatchData) =>
    messages(gone.channel_id, gone.ids, gone.guild_id),
  );
  client.ws.on(Dispatch.MessageUpdate, (edited: GatewayMessageUpdateDispatchData) => {
    changed(edited.id);
    if (!showsAttachments(client, edited)) return;
    const left = edited.attachments.map(({ id }) => id);
    run(edited.id, async () => {
      const channel = await answersChannel(client, edited.channel_id, edited.guild_id);
      const isLeft = ({ attachment = '', snapshot }: Record<string, string>): boolean =>
        snapshot !== undefined || left.includes(attachment);
      await notes.attachments(homeIn(edited.guild_id), channel, edited.id, isLeft);
    });
  });
  client.ws.on(Dispatch.ChannelDelete, (gone: GatewayChannelDeleteDispatchData) =>
    run(gone.id, () =>
      notes.place(homeIn('guild_id' in gone ? gone.guild_id : undefined), { channel: gone.id }),
    ),
  );
  client.ws.on(Dispatch.ThreadDelete, ({ id, guild_id }: GatewayThreadDeleteDispatchData) =>
    run(id, () => notes.place(homeIn(guild_id), { thread: id })),
  );
  client.ws.on(Dispatch.GuildDelete, ({ id, unavailable }: GatewayGuildDeleteDispatchData) => {
    // An outage of Discord's takes servers away, too, but not for good.
    if (!unavailable) run(id, () => notes.place(homeIn(id), { workspace: id }));
  });
}

/** @param guildId missing for direct messages */
function homeIn(guildId: string | undefined): NoteHome {
  return { platform: 'discord', ...(guildId !== undefined && { workspace: guildId }) };
}

/** Without the message-content intent every message looks as if all its files were gone. */
function showsAttachments({ options }: Client, edited: Partial<GatewayMessageUpdateDispatchData>): boolean {
  if (edited.attachments === undefined || edited.author?.bot) return false;
  return edited.guild_id === undefined || options.intents.has(GatewayIntentBits.MessageContent);
}
